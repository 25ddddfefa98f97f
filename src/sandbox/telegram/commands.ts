// The command menu: lists by scope and language, looked up from the narrowest to the widest, as clients do.
import { z } from 'zod';
import { accept, badRequest, type Answer } from './answer.ts';
import { param, parseValues, type Params } from './params.ts';
import type { Command } from './view.ts';

const scope = param
  .json(z.object({ type: z.string(), chat_id: param.chatId.optional(), user_id: z.int().optional() }))
  .optional();
const place = z.object({ scope, language_code: z.string().default('') });
const withCommands = place.extend({ commands: param.json(z.array(z.object({ command: z.string(), description: z.string() }))) });

/** The most commands in one list. */
const mostCommands = 100;

const keyOf = ({ scope, language_code }: z.infer<typeof place>): string =>
  `${scope?.type ?? 'default'}/${scope?.chat_id ?? ''}/${language_code}`;

const refuseCommand = ({ command, description }: Command): string | undefined => {
  if (!/^[a-z0-9_]{1,32}$/.test(command)) return 'BOT_COMMAND_INVALID';
  if (description.length < 1 || description.length > 256) return 'BOT_COMMAND_DESCRIPTION_INVALID';
  return undefined;
};

export type CommandBookOptions = { onChange: () => void; knowsChat: (chatId: number) => boolean };

export const createCommandBook = ({ onChange, knowsChat }: CommandBookOptions) => {
  const lists = new Map<string, Command[]>();

  /** A list for a chat is refused, as a message is, until somebody there has written to the bot. */
  const isForNobody = ({ scope }: z.infer<typeof place>): boolean => scope?.chat_id !== undefined && !knowsChat(scope.chat_id);

  /** What a customer with this language sees in this private chat. */
  const commandsFor = (chatId: number, languageCode: string): Command[] => {
    const scopes = [`chat/${chatId}`, 'all_private_chats/', 'default/'];
    const keys = scopes.flatMap((one) => [`${one}/${languageCode}`, `${one}/`]);
    const found = keys.find((key) => lists.has(key));
    return found === undefined ? [] : (lists.get(found) ?? []);
  };

  const setMyCommands = ({ values }: Params): Answer<true> => {
    const parsed = parseValues(withCommands, values);
    if (!parsed.ok) return parsed;
    const { commands } = parsed.value;
    if (isForNobody(parsed.value)) return badRequest('chat not found');
    const refusal =
      commands.length > mostCommands
        ? 'BOT_COMMANDS_TOO_MUCH'
        : commands.map(refuseCommand).find((reason) => reason !== undefined);
    if (refusal !== undefined) return badRequest(refusal);
    lists.set(keyOf(parsed.value), commands);
    onChange();
    return accept(true);
  };

  const getMyCommands = ({ values }: Params): Answer<Command[]> => {
    const parsed = parseValues(place, values);
    return parsed.ok ? accept(lists.get(keyOf(parsed.value)) ?? []) : parsed;
  };

  const deleteMyCommands = ({ values }: Params): Answer<true> => {
    const parsed = parseValues(place, values);
    if (!parsed.ok) return parsed;
    if (isForNobody(parsed.value)) return badRequest('chat not found');
    lists.delete(keyOf(parsed.value));
    onChange();
    return accept(true);
  };

  return { commandsFor, methods: { setMyCommands, getMyCommands, deleteMyCommands } };
};
