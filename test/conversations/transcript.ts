// A conversation in readable text: every screen in the order in which the customer saw it, edits of a message included.
import type { Attachment, Bubble, ChatEvent } from '../../src/sandbox/telegram/view.ts';

const INDENT = '    ';

const attachmentLine = (attachment: Attachment): string => {
  switch (attachment.kind) {
    case 'photo':
      return '(picture)';
    case 'document':
      return `(file ${attachment.name})`;
    case 'sticker':
      return `(sticker ${attachment.emoji})`;
    case 'contact':
      return `(contact of ${attachment.name}, ${attachment.phoneNumber})`;
  }
};

/** Characters that nobody sees, but for the joiner inside emoji, are spelt out: a golden file must not hide anything. */
const spellOut = (text: string): string =>
  text.replace(/(?!\u200d)\p{Cf}/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** Tokens are other ones in every run. */
const withoutTokens = (text: string): string => text.replace(/\b(ho|inv)_[\w-]{22,}/g, '$1_(token)');

const bubbleLines = ({ attachment, text, buttons }: Bubble): readonly string[] => [
  ...(attachment === undefined ? [] : [attachmentLine(attachment)]),
  ...(text === '' ? [] : text.split('\n')),
  ...buttons.map((row) => row.map((button) => `[${button.text}]`).join(' ')),
];

/** `to`: whom the bot talks to, where it is not the customer of the story. */
const bubbleBlock = (bubble: Bubble, to: string | null): string => {
  const lines = bubbleLines(bubble);
  if (bubble.from === 'me' && lines.length === 1) return `${bubble.author}: ${lines.join('')}`;
  const marks = [`#${bubble.id}`, ...(bubble.edited ? ['edited'] : []), ...(bubble.protected ? ['protected'] : [])];
  const shop = to === null ? 'Shop' : `Shop to ${to}`;
  const speaker = bubble.from === 'bot' ? `${shop} (${marks.join(', ')})` : bubble.author;
  return [`${speaker}:`, ...lines.map((line) => `${INDENT}${line}`)].join('\n');
};

/** What one event adds to the transcript; null for what a reader does not see. */
const blockOf = (event: ChatEvent, to: string | null): string | null => {
  switch (event.type) {
    case 'bubble':
      return bubbleBlock(event.bubble, to);
    case 'answer':
      return event.answer.text === '' ? null : `${event.answer.alert ? 'Alert' : 'Toast'}: «${event.answer.text}»`;
    case 'frame':
    case 'action':
      return null;
  }
};

export type Transcript = {
  /** Something that the chat does not show: a tap, the time that passes, what happens at the supplier. */
  note(text: string): void;
  show(events: readonly ChatEvent[], to: string | null): void;
  text(): string;
};

/** Toasts stand before the screens of the same moment, because the two are sent in parallel. */
export const createTranscript = (): Transcript => {
  const blocks: string[] = [];
  return {
    note: (text) => void blocks.push(text),
    show: (events, to) => {
      const toasts = events.filter(({ type }) => type === 'answer');
      const others = events.filter(({ type }) => type !== 'answer');
      blocks.push(...[...toasts, ...others].map((event) => blockOf(event, to)).filter((block) => block !== null));
    },
    text: () =>
      `${blocks
        .join('\n\n')
        .split('\n')
        .map((line) => spellOut(withoutTokens(line.trimEnd())))
        .join('\n')}\n`,
  };
};
