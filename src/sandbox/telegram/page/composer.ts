// The lower edge of a chat: the text field, attachments, commands, the reply keyboard, and the big button of an empty chat.
import type { ChatFrame, Command, ReplyButton } from '../view.ts';
import type { Deed } from './client.ts';
import { element, icon, iconButton } from './dom.ts';
import { createMenu } from './menu.ts';

export type ComposerOptions = { userId: number; act: (deed: Deed) => void };

/** Somebody from the customer's address book, with a number from the range that is reserved for fiction. */
const friend = { phoneNumber: '+12025550199', firstName: 'Rosa' };

/** Telegram takes no longer text, in UTF-16 units. */
const mostText = 4096;

const mostHeight = 160;

/** A pasted link to a bot is opened, as a tap on it in Telegram does: the bot hears its payload behind `/start`. */
const asOpened = (text: string): string => text.replace(/^https:\/\/t\.me\/\w+\?start=([\w-]{1,64})$/, '/start $1');

const readBase64 = async (file: File): Promise<string> =>
  await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      resolve((typeof reader.result === 'string' ? reader.result : '').replace(/^data:[^,]*,/, '')),
    );
    reader.addEventListener('error', () => reject(new Error('The file cannot be read')));
    reader.readAsDataURL(file);
  });

export const createComposer = ({ userId, act }: ComposerOptions) => {
  const field = element('textarea', {
    rows: '1',
    maxlength: String(mostText),
    placeholder: 'Message',
    'aria-label': 'Message',
    dir: 'auto',
    'data-testid': 'composer',
  });
  const send = iconButton('send', 'Send', { 'data-testid': 'send', class: 'round send' });
  const attach = iconButton('attach', 'Attach', { 'data-testid': 'attach', 'aria-haspopup': 'menu' });
  const commandsButton = element(
    'button',
    { type: 'button', class: 'commands', 'data-testid': 'menu', 'aria-haspopup': 'menu' },
    icon('menu'),
    'Menu',
  );
  const keysButton = iconButton('keys', 'Show or hide the keyboard', { 'data-testid': 'keyboard-toggle' });
  const picker = element('input', {
    type: 'file',
    accept: 'image/png,image/jpeg,image/gif',
    hidden: true,
    'aria-label': 'Photo',
  });
  const keys = element('div', {
    class: 'reply-keyboard',
    role: 'group',
    'aria-label': 'Keyboard of the bot',
    'data-testid': 'reply-keyboard',
  });
  const bigButton = element('button', { type: 'button', class: 'big', 'data-testid': 'start' });
  const bar = element('div', { class: 'bar' }, commandsButton, attach, field, keysButton, send);
  const popup = createMenu(field);
  const node = element('footer', { class: 'composer' }, popup.node, bar, keys, bigButton, picker);
  let commands: readonly Command[] = [];

  const fit = (): void => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, mostHeight)}px`;
  };

  const sendText = (): void => {
    const text = asOpened(field.value.trim());
    if (text === '') return;
    act({ kind: 'text', text });
    field.value = '';
    fit();
    popup.close();
  };

  const sendCommand = (command: string): void => {
    field.value = `/${command}`;
    sendText();
    field.focus();
  };

  const commandItems = (prefix: string) =>
    commands
      .filter(({ command }) => `/${command}`.startsWith(prefix))
      .map(({ command, description }) => ({ label: `/${command}`, detail: description, onPick: () => sendCommand(command) }));

  const suggest = (): void => {
    fit();
    const isCommand = /^\/\S*$/.test(field.value);
    const items = isCommand ? commandItems(field.value) : [];
    if (items.length > 0) popup.open('Commands', items, { focus: false });
    else popup.close();
  };

  const attachments = [
    { label: 'My contact', detail: 'share your own phone number', onPick: () => act({ kind: 'contact' }) },
    { label: "Someone else's contact", detail: friend.firstName, onPick: () => act({ kind: 'contact', card: friend }) },
    { label: 'Sticker', detail: '👍', onPick: () => act({ kind: 'sticker', emoji: '👍' }) },
    { label: 'Photo', detail: 'from this computer', onPick: () => picker.click() },
    { label: 'Sample photo', detail: 'a small picture', onPick: () => act({ kind: 'photo' }) },
  ];

  const keyNode = (button: ReplyButton): HTMLElement => {
    const signs = button.requestContact ? [icon('phone')] : [];
    const node = element(
      'button',
      { type: 'button', class: `key ${button.style ?? ''}`.trim(), dir: 'auto' },
      ...signs,
      button.text,
    );
    node.addEventListener('click', () => act({ kind: 'key', label: button.text }));
    return node;
  };

  field.addEventListener('input', suggest);
  field.addEventListener('keydown', (event) => {
    if (popup.handleKey(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendText();
  });
  send.addEventListener('click', () => {
    sendText();
    field.focus();
  });
  commandsButton.addEventListener('click', () => popup.toggle('Commands', commandItems('')));
  attach.addEventListener('click', () => popup.toggle('Attach', attachments));
  keysButton.addEventListener('click', () => keys.toggleAttribute('hidden'));
  picker.addEventListener('change', () => {
    const file = picker.files?.[0];
    if (file === undefined) return;
    void readBase64(file).then((base64) => act({ kind: 'photo', base64 }));
    picker.value = '';
  });
  bigButton.addEventListener('click', () => {
    act(bigButton.dataset['does'] === 'unblock' ? { kind: 'block', blocked: false } : { kind: 'text', text: '/start' });
    field.focus();
  });

  /** Shows what fits the state of the chat: Start when empty, Unblock when blocked, else the field and the keyboards. */
  const update = (frame: ChatFrame, isEmpty: boolean): void => {
    commands = frame.commands;
    const isBig = isEmpty || frame.blocked;
    bigButton.hidden = !isBig;
    bigButton.dataset['does'] = frame.blocked ? 'unblock' : 'start';
    bigButton.textContent = frame.blocked ? 'Unblock' : 'Start';
    bar.hidden = isBig;
    commandsButton.hidden = commands.length === 0;
    keysButton.hidden = frame.keyboard === undefined;
    field.placeholder = frame.replyPlaceholder ?? frame.keyboard?.placeholder ?? 'Message';
    const rows = isBig ? [] : (frame.keyboard?.rows ?? []);
    keys.replaceChildren(...rows.map((row) => element('div', { class: 'row' }, ...row.map(keyNode))));
    keys.hidden = rows.length === 0;
    bar.setAttribute('data-user', String(userId));
  };

  return { node, update, focus: (): void => field.focus() };
};
