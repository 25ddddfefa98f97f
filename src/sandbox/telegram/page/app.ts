// The page: one column a customer, kept in the address, fed by one stream of news.
import type { ChatEvent } from '../view.ts';
import { createChat, type ChatColumn } from './chat.ts';
import { listen, loadChat, type Newcomer } from './client.ts';
import { element } from './dom.ts';
import { askForCustomer } from './notice.ts';

const firstUserId = 1001;
const names = ['Ana', 'Luis', 'Mia', 'Omar', 'Zoe', 'Ivo'];

const find = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
};

const columnsNode = find('.columns');
const tabsNode = find('.tabs');
const columns = new Map<number, ChatColumn>();

const suggestedNewcomer = (userId: number): Newcomer => {
  const index = userId - firstUserId;
  return { userId, firstName: names[index % names.length] ?? 'Ana', languageCode: index % 2 === 0 ? 'en' : 'es' };
};

/** The customers in the address: `?user=1001&user=1002`, or `?users=2` for the first two. */
const usersInAddress = (): number[] => {
  const query = new URLSearchParams(location.search);
  const named = query
    .getAll('user')
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0);
  const count = Math.min(Math.max(Number(query.get('users')) || 1, 1), names.length);
  return named.length > 0 ? [...new Set(named)] : Array.from({ length: count }, (_, index) => firstUserId + index);
};

const select = (userId: number): void => {
  for (const column of columns.values()) {
    const wasSelected = column.node.classList.contains('selected');
    column.node.classList.toggle('selected', column.userId === userId);
    // A column that was hidden on a narrow window had no height to scroll in.
    if (column.userId === userId && !wasSelected) column.reveal();
  }
  for (const tab of tabsNode.querySelectorAll('[role=tab]')) {
    tab.setAttribute('aria-selected', String(tab.getAttribute('aria-controls') === `chat-${userId}`));
  }
};

const showTabs = (): void => {
  tabsNode.replaceChildren(
    ...[...columns.values()].map((column) => {
      const tab = element('button', { type: 'button', role: 'tab', 'aria-controls': column.node.id, dir: 'auto' }, column.name);
      tab.addEventListener('click', () => select(column.userId));
      return tab;
    }),
  );
  document.body.classList.toggle('several', columns.size > 1);
};

const addColumn = async (newcomer: Newcomer): Promise<void> => {
  const view = await loadChat(newcomer);
  const column = createChat(view);
  columns.set(newcomer.userId, column);
  columnsNode.append(column.node);
  showTabs();
  select(newcomer.userId);
  const address = new URLSearchParams([...columns.keys()].map((id) => ['user', String(id)]));
  history.replaceState(null, '', `?${address.toString()}`);
};

/** Events that come while chats are being loaded wait here, so that none is lost and none is undone by an older picture. */
let backlog: ChatEvent[] | undefined = [];

const deliver = (event: ChatEvent): void => columns.get(event.chatId)?.apply(event);

const loading = async (work: () => Promise<void>): Promise<void> => {
  backlog ??= [];
  try {
    await work();
  } finally {
    const late = backlog;
    backlog = undefined;
    late.forEach(deliver);
  }
};

const refresh = async (): Promise<void> => {
  if (columns.size === 0) {
    for (const userId of usersInAddress()) await addColumn(suggestedNewcomer(userId));
    const first = [...columns.keys()][0];
    if (first !== undefined) select(first);
    return;
  }
  for (const column of columns.values()) {
    column.show(await loadChat(suggestedNewcomer(column.userId)));
  }
};

find('.add').addEventListener('click', () => {
  const userId = Math.max(firstUserId - 1, ...columns.keys()) + 1;
  askForCustomer(suggestedNewcomer(userId).firstName, (introduction) => {
    void loading(async () => {
      await addColumn({ userId, ...introduction });
      columns.get(userId)?.focus();
    });
  });
});

listen({
  onEvent: (event) => {
    if (backlog === undefined) deliver(event);
    else backlog.push(event);
  },
  onOpen: () => void loading(refresh),
  onLost: () => columns.forEach((column) => column.showLost()),
});
