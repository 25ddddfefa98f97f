// Draws one message: its attachment, text, time, lock, and the buttons below it.
import type { Attachment, Bubble, Button } from '../view.ts';
import { fileAddress } from './client.ts';
import { avatar, element, icon } from './dom.ts';
import { fileSize } from './file-size.ts';
import { richText, type TextActions } from './rich-text.ts';

export type BubbleActions = TextActions & {
  onTap: (messageId: number, data: string) => void;
  onPhoto: (address: string) => void;
  isLoading: (messageId: number, data: string) => boolean;
};

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const attachmentNode = (attachment: Attachment, actions: BubbleActions): HTMLElement => {
  switch (attachment.kind) {
    case 'photo': {
      const address = fileAddress(attachment.fileId);
      const size = { width: String(attachment.width), height: String(attachment.height) };
      const open = element('button', { type: 'button', class: 'photo', 'aria-label': 'Open the photo' });
      open.append(element('img', { src: address, alt: 'Photo', ...size, 'data-testid': 'photo' }));
      open.addEventListener('click', () => actions.onPhoto(address));
      return open;
    }
    case 'document':
      return element(
        'a',
        { class: 'document', href: fileAddress(attachment.fileId), download: attachment.name, 'data-testid': 'document' },
        icon('file'),
        element(
          'span',
          {},
          element('strong', { dir: 'auto' }, attachment.name),
          element('span', { class: 'size' }, fileSize(attachment.size)),
        ),
      );
    case 'sticker':
      return element('span', { class: 'sticker', role: 'img', 'aria-label': `Sticker ${attachment.emoji}` }, attachment.emoji);
    case 'contact':
      return element(
        'span',
        { class: 'contact' },
        avatar(attachment.name, attachment.name.length),
        element(
          'span',
          {},
          element('strong', { dir: 'auto' }, attachment.name),
          element('span', { class: 'number' }, attachment.phoneNumber),
        ),
      );
  }
};

const buttonNode = (messageId: number, button: Button, actions: BubbleActions): HTMLElement => {
  const face = { class: `key ${button.style ?? ''}`.trim(), 'data-testid': 'inline-button' };
  const label = element('span', { class: 'label', dir: 'auto' }, button.text);
  if (button.url !== undefined) {
    return element('a', { ...face, href: button.url, target: '_blank', rel: 'noopener noreferrer' }, label, icon('open'));
  }
  const { copyText, callbackData = '' } = button;
  if (copyText !== undefined) {
    const node = element('button', { type: 'button', ...face }, label, icon('copy'));
    node.addEventListener('click', () => actions.onCopy(copyText));
    return node;
  }
  const isLoading = actions.isLoading(messageId, callbackData);
  const node = element('button', { type: 'button', ...face, 'aria-busy': isLoading ? 'true' : undefined }, label);
  node.addEventListener('click', () => actions.onTap(messageId, callbackData));
  return node;
};

const metaNode = (bubble: Bubble): HTMLElement => {
  const lock = element(
    'span',
    { class: 'lock', role: 'img', 'aria-label': 'Protected: cannot be forwarded or saved', title: 'Protected' },
    icon('lock'),
  );
  const time = element('time', { datetime: new Date(bubble.at).toISOString() }, clock.format(bubble.at));
  return element('span', { class: 'meta' }, ...(bubble.protected ? [lock] : []), ...(bubble.edited ? ['edited '] : []), time);
};

/** Draws a message; the node carries its id, its sender and its look (`protected`, `bare` for a lone sticker) as hooks. */
export const bubbleNode = (bubble: Bubble, actions: BubbleActions): HTMLElement => {
  const { attachment, forwardedFrom } = bubble;
  const isBare = attachment?.kind === 'sticker';
  const look = ['balloon', bubble.protected && 'protected', isBare && 'bare', attachment?.kind === 'photo' && 'pictured'];
  const balloon = element('div', { class: look.filter((name) => name !== false).join(' ') });
  if (forwardedFrom !== undefined) balloon.append(element('span', { class: 'forwarded' }, `Forwarded from ${forwardedFrom}`));
  if (attachment !== undefined) balloon.append(attachmentNode(attachment, actions));
  const words = richText(bubble.text, bubble.entities, actions);
  balloon.append(element('div', { class: 'text', dir: 'auto' }, ...words, metaNode(bubble)));
  const rows = bubble.buttons.map((row) =>
    element('div', { class: 'row' }, ...row.map((button) => buttonNode(bubble.id, button, actions))),
  );
  const keyboard = element('div', { class: 'inline-keyboard', role: 'group', 'aria-label': 'Buttons' }, ...rows);
  return element(
    'article',
    {
      class: `message from-${bubble.from}`,
      'data-testid': 'bubble',
      'data-message-id': String(bubble.id),
      'data-from': bubble.from,
      'aria-label': bubble.from === 'me' ? 'You' : bubble.author,
    },
    element('div', { class: 'stack' }, balloon, ...(rows.length > 0 ? [keyboard] : [])),
  );
};
