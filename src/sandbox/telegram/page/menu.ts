// The small menu above the text field: commands, suggestions while typing, attachments.
import { element } from './dom.ts';

export type MenuItem = { label: string; detail: string; onPick: () => void };

/** `field` gets the focus back when the menu closes. */
export const createMenu = (field: HTMLElement) => {
  const node = element('div', { class: 'menu', role: 'menu', hidden: true, 'data-testid': 'popup' });
  let isOutside: ((event: Event) => void) | undefined;

  const close = (): void => {
    node.hidden = true;
    node.replaceChildren();
    if (isOutside !== undefined) document.removeEventListener('pointerdown', isOutside, true);
    isOutside = undefined;
  };

  const buttons = (): HTMLButtonElement[] => [...node.querySelectorAll('button')];

  const move = (step: number): void => {
    const all = buttons();
    const now = all.findIndex((button) => button === document.activeElement);
    const next = now === -1 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length;
    all[next]?.focus();
  };

  const open = (title: string, items: readonly MenuItem[], { focus = true } = {}): void => {
    close();
    node.setAttribute('aria-label', title);
    node.replaceChildren(
      ...items.map(({ label, detail, onPick }) => {
        const button = element(
          'button',
          { type: 'button', role: 'menuitem' },
          element('span', { class: 'name' }, label),
          element('span', { class: 'detail', dir: 'auto' }, detail),
        );
        button.addEventListener('click', () => {
          close();
          field.focus();
          onPick();
        });
        return button;
      }),
    );
    node.hidden = false;
    isOutside = (event) => {
      if (event.target instanceof Node && !node.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', isOutside, true);
    if (focus) buttons()[0]?.focus();
  };

  /** Takes the keys that steer an open menu; true when it took this one. */
  const handleKey = (event: KeyboardEvent): boolean => {
    if (node.hidden) return false;
    if (event.key === 'Escape') {
      close();
      field.focus();
    } else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else return false;
    event.preventDefault();
    return true;
  };

  node.addEventListener('keydown', handleKey);

  return {
    node,
    open,
    close,
    handleKey,
    toggle: (title: string, items: readonly MenuItem[]): void => {
      const isSame = !node.hidden && node.getAttribute('aria-label') === title;
      if (isSame) close();
      else open(title, items);
    },
  };
};
