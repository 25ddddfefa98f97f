// Turns a text with entities into nodes: styles, links, spoilers that open, quotes that expand, code that copies itself.
import type { Entity } from '../view.ts';
import { element, icon } from './dom.ts';

export type TextActions = { onCopy: (text: string) => void; onCommand: (command: string) => void };

const endOf = (entity: Entity): number => entity.offset + entity.length;

/** Makes a part of the text act like a button without breaking lines as one. */
const pressable = (node: HTMLElement, onPress: () => void): HTMLElement => {
  node.setAttribute('role', 'button');
  node.tabIndex = 0;
  node.addEventListener('click', onPress);
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onPress();
  });
  return node;
};

const link = (href: string, children: Node[]): HTMLElement => {
  const isSafe = ['http:', 'https:', 'mailto:', 'tg:'].includes(URL.parse(href)?.protocol ?? '');
  return element('a', { href: isSafe ? href : undefined, target: '_blank', rel: 'noopener noreferrer' }, ...children);
};

const spoiler = (children: Node[]): HTMLElement => {
  const inner = element('span', { 'aria-hidden': 'true' }, ...children);
  const node = pressable(
    element('span', { class: 'spoiler', 'aria-label': 'Hidden text, press to show', 'data-testid': 'spoiler' }, inner),
    () => {
      node.classList.add('shown');
      node.removeAttribute('aria-label');
      node.removeAttribute('role');
      node.tabIndex = -1;
      inner.removeAttribute('aria-hidden');
    },
  );
  return node;
};

const expandable = (children: Node[]): HTMLElement => {
  const toggle = element(
    'button',
    { type: 'button', class: 'expand', 'aria-expanded': 'false', 'aria-label': 'Show the whole quote' },
    icon('down'),
  );
  const quote = element(
    'blockquote',
    { class: 'expandable', 'data-testid': 'expandable' },
    element('span', { class: 'quoted' }, ...children),
    toggle,
  );
  toggle.addEventListener('click', () => {
    const isOpen = quote.classList.toggle('open');
    toggle.setAttribute('aria-expanded', String(isOpen));
    toggle.setAttribute('aria-label', isOpen ? 'Show less of the quote' : 'Show the whole quote');
  });
  return quote;
};

const wrap = (entity: Entity, source: string, children: Node[], actions: TextActions): Node => {
  switch (entity.type) {
    case 'bold':
      return element('strong', {}, ...children);
    case 'italic':
      return element('em', {}, ...children);
    case 'underline':
      return element('u', {}, ...children);
    case 'strikethrough':
      return element('s', {}, ...children);
    case 'spoiler':
      return spoiler(children);
    case 'code':
      return pressable(
        element('code', { title: 'Copy', 'aria-label': `${source}, copy`, 'data-testid': 'code' }, ...children),
        () => actions.onCopy(source),
      );
    case 'pre':
      return pressable(element('pre', { title: 'Copy', 'data-testid': 'code' }, ...children), () => actions.onCopy(source));
    case 'blockquote':
      return element('blockquote', {}, ...children);
    case 'expandable_blockquote':
      return expandable(children);
    case 'text_link':
      return link(entity.url, children);
    case 'url':
      return link(source, children);
    case 'email':
      return link(`mailto:${source}`, children);
    case 'bot_command':
      return pressable(element('span', { class: 'command' }, ...children), () => actions.onCommand(source));
    case 'mention':
      return element('span', { class: 'mention' }, ...children);
  }
};

const isBlock = ({ type }: Entity): boolean => type === 'blockquote' || type === 'expandable_blockquote' || type === 'pre';

/** Builds the nodes of `text` between two positions; entities are sorted, outer before inner. */
const build = (text: string, entities: readonly Entity[], from: number, to: number, actions: TextActions): Node[] => {
  const nodes: Node[] = [];
  let position = from;
  let rest = entities.filter((entity) => entity.offset < to && endOf(entity) > from);
  while (rest.length > 0) {
    const [outer, ...others] = rest;
    if (outer === undefined) break;
    const start = Math.max(outer.offset, position);
    const end = Math.min(endOf(outer), to);
    if (start > position) nodes.push(document.createTextNode(text.slice(position, start)));
    if (end > start) nodes.push(wrap(outer, text.slice(start, end), build(text, others, start, end, actions), actions));
    position = Math.max(position, end);
    // A quote is a block: it ends its line itself, so the line break behind it would add an empty one.
    if (isBlock(outer) && text[position] === '\n') position++;
    // What lies behind, or sticks out of the outer entity, comes next.
    rest = others.filter((entity) => endOf(entity) > position);
  }
  if (position < to) nodes.push(document.createTextNode(text.slice(position, to)));
  return nodes;
};

export const richText = (text: string, entities: readonly Entity[], actions: TextActions): Node[] =>
  build(text, entities, 0, text.length, actions);
