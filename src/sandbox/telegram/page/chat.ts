// One column: the chat of one customer with the bot, kept up to date by events.
import type { Bubble, ChatEvent, ChatFrame, ChatView } from '../view.ts';
import { bubbleNode, type BubbleActions } from './bubble.ts';
import { act, type Deed } from './client.ts';
import { createComposer } from './composer.ts';
import { avatar, element, iconButton } from './dom.ts';
import { followEnd } from './follow-end.ts';
import { createMenu } from './menu.ts';
import { createToasts, showAlert, showPhoto } from './notice.ts';

/** How long a tapped button shows that it waits, and how long "typing" stays, in milliseconds. */
const tapPatience = 15_000;
const actionTime = 5_000;

const actionWords: Record<string, string> = {
  typing: 'typing',
  upload_photo: 'sending a photo',
  upload_document: 'sending a file',
};

const dayName = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' });

export type ChatColumn = ReturnType<typeof createChat>;

export const createChat = (initial: ChatView) => {
  const { profile, bot } = initial;
  const { userId } = profile;
  const bubbles = new Map<number, Bubble>();
  const nodes = new Map<number, HTMLElement>();
  const waiting = new Map<string, number>();
  let frame: ChatFrame = initial.frame;
  let actionTimer: number | undefined;

  const toasts = createToasts();
  const log = element('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': `Chat of ${profile.firstName}`,
    tabindex: '0',
  });
  const status = element('span', { class: 'status', 'data-testid': 'status' }, 'bot');
  const toEnd = iconButton('down', 'To the newest message', { class: 'round to-end', hidden: true });
  const more = iconButton('more', 'More', { 'aria-haspopup': 'menu', 'data-testid': 'more' });
  const welcome = element(
    'div',
    { class: 'welcome' },
    avatar(bot.name, bot.id),
    element('h2', { dir: 'auto' }, bot.name),
    element('p', {}, 'Press Start to begin. Messages stay on this machine.'),
  );

  const perform = (deed: Deed): void => {
    void act(userId, deed).then((done) => {
      if (!done) toasts.show('The server does not answer.');
    });
  };

  const composer = createComposer({ userId, act: perform });
  const moreMenu = createMenu(more);
  const header = element(
    'header',
    { class: 'chat-header' },
    avatar(bot.name, bot.id),
    element('div', { class: 'who' }, element('strong', { dir: 'auto' }, bot.name), status),
    element(
      'span',
      { class: 'customer', title: `Customer ${userId}` },
      `${profile.firstName} · ${profile.languageCode.toUpperCase()}`,
    ),
    more,
    moreMenu.node,
  );
  const node = element(
    'section',
    { class: 'chat', id: `chat-${userId}`, 'data-testid': `chat-${userId}`, 'aria-label': `${profile.firstName}'s chat` },
    header,
    element('div', { class: 'scene' }, log, toEnd, toasts.node),
    composer.node,
  );

  const copy = (text: string): void => {
    void navigator.clipboard.writeText(text).then(
      () => toasts.show('Copied'),
      () => toasts.show('The browser did not allow copying.'),
    );
  };

  const tapKey = (messageId: number, data: string): string => `${messageId} ${data}`;

  const stopWaiting = (messageId: number, data: string): void => {
    window.clearTimeout(waiting.get(tapKey(messageId, data)));
    waiting.delete(tapKey(messageId, data));
    redraw(messageId);
  };

  const actions: BubbleActions = {
    onCopy: copy,
    onCommand: (command) => perform({ kind: 'text', text: command }),
    onPhoto: showPhoto,
    isLoading: (messageId, data) => waiting.has(tapKey(messageId, data)),
    onTap: (messageId, data) => {
      window.clearTimeout(waiting.get(tapKey(messageId, data)));
      waiting.set(
        tapKey(messageId, data),
        window.setTimeout(() => stopWaiting(messageId, data), tapPatience),
      );
      redraw(messageId);
      perform({ kind: 'tap', messageId, data });
    },
  };

  const { isAtEnd, scrollToEnd } = followEnd(log, toEnd);

  /** Puts a message in its place: a new one in order of ids, a known one where it is, without losing the focus. */
  const place = (bubble: Bubble): void => {
    const old = nodes.get(bubble.id);
    bubbles.set(bubble.id, bubble);
    if (bubble.deleted) {
      old?.remove();
      nodes.delete(bubble.id);
      return;
    }
    const fresh = bubbleNode(bubble, actions);
    nodes.set(bubble.id, fresh);
    if (old === undefined) {
      const next = [...nodes].filter(([id]) => id > bubble.id).sort(([a], [b]) => a - b)[0];
      log.insertBefore(fresh, next?.[1] ?? null);
      return;
    }
    const focusable = 'button, a, [tabindex]';
    const focused = [...old.querySelectorAll<HTMLElement>(focusable)].findIndex((one) => one === document.activeElement);
    old.replaceWith(fresh);
    const candidates = [...fresh.querySelectorAll<HTMLElement>(focusable)];
    if (focused !== -1) (candidates[focused] ?? candidates[0])?.focus({ preventScroll: true });
  };

  const redraw = (messageId: number): void => {
    const bubble = bubbles.get(messageId);
    if (bubble !== undefined) place(bubble);
  };

  /** Marks where a run of messages by one sender ends and where a day begins. */
  const arrange = (): void => {
    log.querySelectorAll('.day').forEach((one) => one.remove());
    let lastDay = '';
    const shown = [...nodes.keys()].sort((a, b) => a - b);
    shown.forEach((id, index) => {
      const bubble = bubbles.get(id);
      const bubbleElement = nodes.get(id);
      if (bubble === undefined || bubbleElement === undefined) return;
      const next = bubbles.get(shown[index + 1] ?? -1);
      bubbleElement.classList.toggle('tailed', next?.from !== bubble.from);
      const day = dayName.format(bubble.at);
      if (day !== lastDay) bubbleElement.before(element('p', { class: 'day' }, day));
      lastDay = day;
    });
    if (nodes.size === 0) log.append(welcome);
    else welcome.remove();
    composer.update(frame, nodes.size === 0);
  };

  const showStatus = (words: string | undefined): void => {
    window.clearTimeout(actionTimer);
    status.textContent = words ?? 'bot';
    status.classList.toggle('busy', words !== undefined);
    if (words !== undefined) actionTimer = window.setTimeout(() => showStatus(undefined), actionTime);
  };

  const apply = (event: ChatEvent): void => {
    switch (event.type) {
      case 'bubble': {
        const isNew = !bubbles.has(event.bubble.id);
        const follow = isAtEnd() || event.bubble.from === 'me';
        place(event.bubble);
        arrange();
        if (event.bubble.from === 'bot') showStatus(undefined);
        if (isNew) nodes.get(event.bubble.id)?.classList.add('new');
        if (follow) scrollToEnd();
        else if (isNew) toEnd.hidden = false;
        return;
      }
      case 'frame': {
        const follow = isAtEnd();
        frame = event.frame;
        composer.update(frame, nodes.size === 0);
        if (follow) scrollToEnd();
        return;
      }
      case 'answer':
        stopWaiting(event.answer.messageId, event.answer.data);
        if (event.answer.text !== '' && event.answer.alert) showAlert(bot.name, event.answer.text);
        else if (event.answer.text !== '') toasts.show(event.answer.text);
        return;
      case 'action':
        showStatus(actionWords[event.action] ?? 'busy');
    }
  };

  /** Draws everything anew, after the page was opened or the server was lost for a while. */
  const show = (view: ChatView): void => {
    bubbles.clear();
    nodes.clear();
    log.replaceChildren();
    frame = view.frame;
    view.bubbles.forEach(place);
    arrange();
    scrollToEnd();
  };

  more.addEventListener('click', () => {
    const block = { label: frame.blocked ? 'Unblock the bot' : 'Block the bot', detail: 'the bot cannot write then' };
    moreMenu.toggle('More', [{ ...block, onPick: () => perform({ kind: 'block', blocked: !frame.blocked }) }]);
  });

  show(initial);
  return {
    userId,
    name: profile.firstName,
    node,
    apply,
    show,
    reveal: scrollToEnd,
    showLost: (): void => showStatus('reconnecting'),
    focus: composer.focus,
  };
};
