// What customers keep: their numbers, the question whether details may be remembered, and what there is to erase.
import type { KeepsakeAction, KeepsakeNotice, KeepsakeView, Kept, Naming } from '../../domain/dialog/keepsake-words.ts';
import type { SavedNumber } from '../../domain/keepsake.ts';
import { assertNever } from '../../domain/result.ts';
import { exits, shopRow } from './keyboard.ts';
import type { Button, Buttons } from './keyboard.ts';
import { bold, escape, lines, oneLine, paragraphs } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

const tapper =
  ({ lasting }: Buttons) =>
  (label: string, action: KeepsakeAction): Button =>
    lasting(label, { type: 'keepsake', action });

/** A phone number is kept with its plus sign. */
const shown = ({ kind, value }: SavedNumber, { phone }: Speech): string =>
  oneLine(kind === 'phone' ? phone(value.slice(1), null) : value, 60);

const renderNumbers = (numbers: readonly SavedNumber[], speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  const tap = tapper(buttons);
  if (numbers.length === 0) return message(escape(say('numbers.empty')), shopRow(speech, buttons));
  return message(
    lines(bold(say('numbers.title')), escape(say('numbers.ask'))),
    ...numbers.map((number) => [
      tap(say('numbers.item', { name: oneLine(number.name, 30), number: shown(number, speech) }), {
        type: 'number',
        number: number.id,
      }),
    ]),
    shopRow(speech, buttons),
  );
};

const renderNumber = (number: SavedNumber, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  const { id, name } = number;
  const tap = tapper(buttons);
  return message(
    paragraphs(lines(bold(oneLine(name, 60)), escape(shown(number, speech))), escape(say('numbers.use'))),
    [
      tap(say('button.rename'), { type: 'renameNumber', number: id }),
      tap(say('button.delete'), { type: 'deleteNumber', number: id }),
    ],
    [tap(say('button.numbers'), { type: 'numbers' })],
  );
};

/** The kinds of what is kept, and nothing of it. */
const renderKept = ({ numbers, details, answered }: Kept, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  const tap = tapper(buttons);
  const kinds = [
    ...(numbers > 0 ? [say('forget.numbers', { count: numbers })] : []),
    ...details.map((kind) => say(`forget.${kind}`)),
    ...(answered ? [say('forget.answer')] : []),
  ];
  if (kinds.length === 0) {
    return message(paragraphs(escape(say('forget.nothing')), escape(say('forget.orders'))), shopRow(speech, buttons));
  }
  return message(
    paragraphs(lines(bold(say('forget.title')), ...kinds.map((kind) => escape(`• ${kind}`))), escape(say('forget.orders'))),
    [tap(say('button.forget'), { type: 'forget' })],
    ...(numbers > 0 ? [[tap(say('button.numbers'), { type: 'numbers' })]] : []),
    shopRow(speech, buttons),
  );
};

export const renderKeepsake = (view: KeepsakeView, speech: Speech, buttons: Buttons): RenderedMessage => {
  switch (view.type) {
    case 'numbers':
      return renderNumbers(view.numbers, speech, buttons);
    case 'number':
      return renderNumber(view.number, speech, buttons);
    case 'mayRemember': {
      const { say } = speech;
      const tap = tapper(buttons);
      return message(paragraphs(bold(say('remember.ask')), escape(say('remember.text'))), [
        tap(say('button.remember'), { type: 'remember', order: view.order }),
        tap(say('button.doNotRemember'), { type: 'doNotRemember' }),
      ]);
    }
    case 'kept':
      return renderKept(view.kept, speech, buttons);
    default:
      return assertNever(view);
  }
};

/** The screen on which a name is typed. */
export const renderNaming = ({ kind }: Naming, speech: Speech, buttons: Buttons): RenderedMessage => {
  const ask = kind === 'order' ? 'numbers.name' : 'numbers.newName';
  return message(lines(bold(speech.say(ask)), escape(speech.say('numbers.nameHint'))), exits(speech, buttons));
};

/** Plain text, not markup. */
export const keepsakeNoticeText = (notice: KeepsakeNotice, { say }: Speech): string => {
  switch (notice.about) {
    case 'link':
      return say(`handOver.notice.${notice.what}`);
    case 'number':
      return say(`numbers.notice.${notice.what}`);
    case 'details':
      return say(`forget.notice.${notice.what}`);
    default:
      return assertNever(notice);
  }
};
