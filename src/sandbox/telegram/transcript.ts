// A chat in readable text, for golden transcripts and for the message of a test that waited in vain.
import { fileSize } from './page/file-size.ts';
import type { Attachment, Bubble, CallbackAnswer } from './view.ts';

const attachmentLine = (attachment: Attachment): string => {
  switch (attachment.kind) {
    case 'photo':
      return '(photo)';
    case 'document':
      return `[document ${attachment.name}, ${fileSize(attachment.size)}]`;
    case 'sticker':
      return `(sticker ${attachment.emoji})`;
    case 'contact':
      return `(contact ${attachment.name} ${attachment.phoneNumber})`;
  }
};

const bubbleLines = (bubble: Bubble): string[] => [
  ...(bubble.forwardedFrom === undefined ? [] : [`(forwarded from ${bubble.forwardedFrom})`]),
  ...(bubble.attachment === undefined ? [] : [attachmentLine(bubble.attachment)]),
  ...(bubble.text === '' ? [] : bubble.text.split('\n')),
  ...bubble.buttons.map((row) => row.map((button) => `[${button.text}]`).join(' ')),
];

const answerLines = (answer: CallbackAnswer): string[] => [`(${answer.alert ? 'alert' : 'toast'}: ${answer.text})`];

/**
 * Writes the chat with one line per part of a bubble: first the speaker, then the rest below, buttons as `[Label]` rows.
 * An edited message shows its content of now at its old place, a deleted one is left out. Answers to taps stand where they came.
 */
export const writeTranscript = (bubbles: readonly Bubble[], answers: readonly CallbackAnswer[]): string => {
  const parts = [
    ...bubbles
      .filter((bubble) => !bubble.deleted)
      .map((bubble) => ({
        at: bubble.at,
        speaker: `${bubble.from === 'bot' ? 'Bot' : bubble.author}${bubble.protected ? ' (protected)' : ''}: `,
        lines: bubbleLines(bubble),
      })),
    ...answers
      .filter((answer) => answer.text !== '')
      .map((answer) => ({ at: answer.at, speaker: '', lines: answerLines(answer) })),
  ];
  return parts
    .sort((a, b) => a.at - b.at)
    .flatMap(({ speaker, lines }) =>
      lines.map((line, index) => `${index === 0 ? speaker : ' '.repeat(speaker.length)}${line}`.trimEnd()),
    )
    .join('\n');
};
