// Short notices: toasts that pass, alerts that wait for OK, a photo in full size.
import { element, iconButton } from './dom.ts';

/** How long a toast stays, in milliseconds: longer texts take longer to read. */
const toastTime = (text: string): number => 2000 + 40 * text.length;

/** Makes the place for toasts of one chat and the function that fills it. */
export const createToasts = () => {
  const node = element('div', { class: 'toasts', role: 'status', 'aria-live': 'polite', 'data-testid': 'toast' });
  let timer: number | undefined;
  const show = (text: string): void => {
    window.clearTimeout(timer);
    node.replaceChildren(element('span', { dir: 'auto' }, text));
    timer = window.setTimeout(() => node.replaceChildren(), toastTime(text));
  };
  return { node, show };
};

const openDialog = (dialog: HTMLDialogElement): void => {
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
};

/** Shows a text that has to be dismissed. */
export const showAlert = (title: string, text: string): void => {
  const ok = element('button', { value: 'ok', class: 'primary' }, 'OK');
  const form = element(
    'form',
    { method: 'dialog' },
    element('h2', { dir: 'auto' }, title),
    element('p', { dir: 'auto' }, text),
    ok,
  );
  openDialog(element('dialog', { class: 'alert', 'data-testid': 'alert' }, form));
};

export const showPhoto = (address: string): void => {
  const dialog = element('dialog', { class: 'lightbox', 'aria-label': 'Photo' });
  const close = iconButton('close', 'Close');
  close.addEventListener('click', () => dialog.close());
  dialog.append(element('img', { src: address, alt: 'Photo' }), close);
  openDialog(dialog);
};

export type Introduction = { firstName: string; languageCode: string };

/** Asks for the name and the language of a new customer; calls back only when the form was sent. */
export const askForCustomer = (suggestedName: string, onDone: (introduction: Introduction) => void): void => {
  const name = element('input', {
    name: 'name',
    value: suggestedName,
    required: true,
    maxlength: '64',
    'data-testid': 'customer-name',
  });
  const language = element(
    'select',
    { name: 'language', 'data-testid': 'customer-language' },
    element('option', { value: 'en' }, 'English'),
    element('option', { value: 'es' }, 'Español'),
    element('option', { value: 'fr' }, 'Français'),
    element('option', { value: 'pt' }, 'Português'),
    element('option', { value: 'ar' }, 'العربية'),
    element('option', { value: 'ru' }, 'Русский'),
  );
  const cancel = element('button', { type: 'button' }, 'Cancel');
  const form = element(
    'form',
    { method: 'dialog' },
    element('h2', {}, 'Add a customer'),
    element('label', {}, 'Name', name),
    element('label', {}, 'Language of their Telegram', language),
    element('div', { class: 'choices' }, cancel, element('button', { class: 'primary', 'data-testid': 'customer-add' }, 'Add')),
  );
  const dialog = element('dialog', { class: 'alert' }, form);
  cancel.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', () => onDone({ firstName: name.value.trim() || suggestedName, languageCode: language.value }));
  openDialog(dialog);
  name.select();
};
