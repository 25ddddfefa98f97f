// Builds elements: the page makes every node by hand, so that no text of the bot is ever read as HTML.

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Makes an element; `true` sets an empty attribute, `false` and `undefined` leave it out. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
};

const svg = 'http://www.w3.org/2000/svg';

/** The icons, as paths in a square of 24 units. */
const paths = {
  attach: 'M16.5 6.5v9.8a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9.8a1.5 1.5 0 0 1-3 0V7',
  send: 'M4 12l1.5-7.5L21 12 5.5 19.5 4 12zm0 0h8',
  menu: 'M4 7h16M4 12h16M4 17h16',
  keys: 'M4 5h16v14H4zM8 9h.01M12 9h.01M16 9h.01M8 12.5h.01M12 12.5h.01M16 12.5h.01M8.5 16h7',
  lock: 'M7 11h10v8H7zM9 11V8.5a3 3 0 0 1 6 0V11',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  open: 'M8 16L17 7M9 7h8v8',
  phone: 'M6 4h4l1.5 4.5-2 1.5a10 10 0 0 0 4.5 4.5l1.5-2L20 14v4a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  down: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
} as const;

export type IconName = keyof typeof paths;

/** Makes an icon that says nothing to a screen reader: the button around it carries the label. */
export const icon = (name: IconName): SVGElement => {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.setAttribute('class', 'icon');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', paths[name]);
  drawing.append(path);
  return drawing;
};

/** Makes a round button with an icon. */
export const iconButton = (name: IconName, label: string, attributes: Attributes = {}): HTMLButtonElement =>
  element('button', { type: 'button', class: 'round', 'aria-label': label, title: label, ...attributes }, icon(name));

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => /^./u.exec(word)?.[0].toUpperCase() ?? '')
    .join('');

/** Makes a coloured disc with initials; the colour follows from the id. */
export const avatar = (name: string, id: number): HTMLElement =>
  element('span', { class: `avatar hue-${Math.abs(id) % 6}`, 'aria-hidden': 'true' }, initialsOf(name));
