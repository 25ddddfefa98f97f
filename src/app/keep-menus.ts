// Keeps the command menus of those who have more commands than everybody: shown when they come to it, taken away when they lose it.
import { parseChatId } from '../domain/ids.ts';
import type { ChatId, CustomerId } from '../domain/ids.ts';
import type { Language } from '../domain/dialog/language.ts';
import type { AnswerAdmin } from './answer-admin.ts';
import type { AnswerAgent } from './answer-agent.ts';
import type { HandleUpdate } from './handle-update.ts';
import type { CommandMenus, MenuRole } from './ports/command-menus.ts';
import type { Log } from './ports/log.ts';
import type { People } from './ports/people.ts';
import type { SessionCodec, Sessions } from './ports/sessions.ts';
import type { CustomerUpdate } from './ports/updates.ts';

export type MenuKeeper = {
  /**
   * Shows the admins theirs. Nobody else's: Telegram keeps a menu until it is changed, so that those of members are touched when something
   * about them changes, and when they use a command that only some people have.
   */
  begin(): void;
  /** Each runs what it is given, and follows what came of it in the background: a menu holds nothing up and fails nothing. */
  afterUpdates(handle: HandleUpdate): HandleUpdate;
  afterAgents(answer: AnswerAgent): AnswerAgent;
  afterAdmins(answer: AnswerAdmin): AnswerAdmin;
  /** Resolves when nothing is under way; once `signal` has aborted, nothing new begins. */
  rest(): Promise<void>;
};

/**
 * Why a menu is looked after. `changed`: what somebody is may have changed, here or elsewhere. `used`: they used a command of
 * theirs, or of a time when it was. `spoken`: they chose a language.
 */
type Occasion = 'changed' | 'used' | 'spoken';

/** For so many people is remembered what their menu is, which saves a call when nothing is new. */
const MOST_REMEMBERED = 10_000;

export const createMenuKeeper = (deps: {
  readonly menus: CommandMenus;
  readonly people: Pick<People, 'member' | 'clerksOf'>;
  readonly admins: readonly CustomerId[];
  readonly sessions: Pick<Sessions, 'load'>;
  readonly codec: Pick<SessionCodec, 'decode'>;
  /** Of those whose own nobody knows. */
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly log: Log;
}): MenuKeeper => {
  const { menus, people, admins, log } = deps;
  const remembered = new Map<CustomerId, string>();
  let last: Promise<void> = Promise.resolve();

  const rolesOf = async (person: CustomerId): Promise<readonly MenuRole[]> => {
    const member = await people.member(person);
    const sells = member !== null && !member.blocked;
    return [...(sells ? (['agent'] as const) : []), ...(admins.includes(person) ? (['admin'] as const) : [])];
  };

  const chosenLanguage = async (chat: ChatId): Promise<Language | null> => {
    const stored = await deps.sessions.load(chat);
    const data = stored.ok ? stored.value.data : null;
    return data === null ? null : (deps.codec.decode(data)?.language ?? null);
  };

  const lookAfter = async (person: CustomerId, occasion: Occasion, speaks: Language): Promise<void> => {
    const chat = parseChatId(person);
    if (!chat.ok || deps.signal.aborted) return;
    const roles = await rolesOf(person);
    if (roles.length === 0 && occasion === 'spoken') return;
    const language = (await chosenLanguage(chat.value)) ?? speaks;
    const wanted = roles.length === 0 ? '' : [...roles, language].join(' ');
    if (occasion !== 'changed' && remembered.get(person) === wanted) return;
    const done = await (roles.length === 0 ? menus.withdraw(chat.value) : menus.offer(chat.value, roles, language));
    remembered.delete(person);
    if (!done.ok) {
      log.warn('menuNotShown', { customer: person, error: done.error.kind });
      return;
    }
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(person, wanted);
  };

  /** One after the other, so that the last change of a menu is the one that stays. */
  const enqueue = (work: () => Promise<void>, person: CustomerId): void => {
    last = last.then(work).catch((error: unknown) => log.error('menuNotShown', { customer: person }, error));
  };

  const follow = (person: CustomerId, occasion: Occasion, speaks = deps.language): void =>
    enqueue(() => lookAfter(person, occasion, speaks), person);

  /** An agent's clerks sell, or do not, together with them. */
  const followWithClerks = (agent: CustomerId): void => {
    follow(agent, 'changed');
    enqueue(async () => {
      for (const { id } of await people.clerksOf(agent)) await lookAfter(id, 'changed', deps.language);
    }, agent);
  };

  const occasionOf = ({ event, speaker }: CustomerUpdate): Occasion | null => {
    if (event.type === 'tappedLasting') return event.action.type === 'setLanguage' ? 'spoken' : null;
    if (event.type !== 'command') return null;
    const { command } = event;
    // A chat that an admin had not begun by the start of the bot took no menu then.
    if (command === 'start') return admins.includes(speaker.customer) ? 'used' : null;
    return command === 'agent' || command === 'admin' ? 'used' : null;
  };

  return {
    begin: () => admins.forEach((admin) => follow(admin, 'changed')),

    afterUpdates: (handle) => async (update, refusal) => {
      const handled = await handle(update, refusal);
      const occasion = handled.ok && handled.value === 'handled' ? occasionOf(update) : null;
      if (occasion !== null) follow(update.speaker.customer, occasion, update.speaker.language);
      return handled;
    },

    afterAgents: (answer) => async (question, asker) => {
      const answered = await answer(question, asker);
      if (answered.type === 'shown' && answered.notice?.type === 'joined') follow(asker.customer, 'changed', asker.language);
      if (question.type === 'blockClerk' || (question.type === 'removeClerk' && question.sure)) follow(question.clerk, 'changed');
      return answered;
    },

    afterAdmins: (answer) => async (question, admin) => {
      const answered = await answer(question, admin);
      if (question.type === 'carryOut' && question.task.type === 'block') followWithClerks(question.task.agent);
      return answered;
    },

    rest: () => last,
  };
};
