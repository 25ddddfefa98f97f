// Plays one side of a conversation and writes down both, as a person would read them.
import type { Customer, SeenMessage } from '../sandbox/telegram/customer.ts';
import type { ContactCard } from '../sandbox/telegram/people.ts';

/** Longer than any screen takes; the late code is the slowest. Milliseconds. */
export const PATIENCE = 12_000;

const indented = (text: string): string => text.replaceAll('\n', '\n        ');

/** A screen as the customer sees it: the text, then the buttons. */
const screenOf = ({ text, buttons, attachment }: SeenMessage): string =>
  [
    attachment === undefined ? text : `(${attachment.kind})`,
    ...buttons.map((row) => row.map((b) => `[${b.text}]`).join(' ')),
  ].join('\n');

/** Tells a screen from what it was before an edit. */
const stateOf = (message: SeenMessage): string => `${message.id} ${screenOf(message)}`;

/** Drives one customer and writes down what both sides say, in the order in which it happens; several may write into the same lines. */
export const createNarrator = (customer: Customer, name: string, lines: string[]) => {
  const note = (speaker: string, text: string): void => void lines.push(`${speaker.padEnd(7)} ${indented(text)}`);

  const shown = (): readonly SeenMessage[] => customer.messages().filter(({ from, deleted }) => from === 'bot' && !deleted);
  /** The screens that were there before the last thing that the customer did, or that were noted since. */
  let known: ReadonlySet<string> = new Set();
  const act = (): void => {
    known = new Set(shown().map(stateOf));
  };

  /** Waits until a new screen of the bot, an edited one included, says so. */
  const sees = async (expected: RegExp): Promise<SeenMessage> => {
    const screen = await customer.waitFor(
      () => shown().findLast((message) => expected.test(message.text) && !known.has(stateOf(message))),
      PATIENCE,
    );
    known = new Set([...known, stateOf(screen)]);
    note('Bot', screenOf(screen));
    return screen;
  };

  return {
    sees,
    says: async (text: string, expected: RegExp) => {
      note(name, text);
      act();
      customer.sendText(text);
      return sees(expected);
    },
    taps: async (label: string | RegExp, expected: RegExp) => {
      const fits = (text: string): boolean => (typeof label === 'string' ? text === label : label.test(text));
      const button = customer
        .messages()
        .flatMap((message) => message.buttons.flat())
        .findLast(({ text }) => fits(text));
      note(name, `taps [${button?.text ?? String(label)}]`);
      act();
      customer.tap(({ text }) => fits(text));
      return sees(expected);
    },
    /** Opens a link to the bot, as a tap on it or a scanned picture does. */
    opens: async (link: string, expected: RegExp) => {
      note(name, `opens ${link}`);
      act();
      customer.sendText(`/start ${new URL(link).searchParams.get('start') ?? ''}`);
      return sees(expected);
    },
    /** Shares the contact of somebody else. */
    shares: async (card: ContactCard, expected: RegExp) => {
      note(name, `shares the contact of ${card.firstName}`);
      act();
      customer.shareContact(card);
      return sees(expected);
    },
  };
};

export type Narrator = ReturnType<typeof createNarrator>;

/** The first link to the bot in a message. */
export const linkIn = ({ html }: SeenMessage): string => {
  const link = /https:\/\/t\.me\/\w+\?start=[\w-]+/.exec(html)?.[0];
  if (link === undefined) throw new Error(`There is no link in: ${html}`);
  return link;
};
