// The screens of those who run the shop: the menu, the balance, stops, top-ups, announcements, health and the record.
import { ADMIN_PAGES } from '../../domain/dialog/admin.ts';
import type { Audience } from '../../domain/announcement.ts';
import type { AdminView } from '../../domain/dialog/admin.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Hundredths } from '../../domain/money.ts';
import { assertNever } from '../../domain/result.ts';
import type { PendingTopUp } from '../../domain/top-up.ts';
import { grid } from './keyboard.ts';
import type { Button, Buttons, Row } from './keyboard.ts';
import { renderAdminAgent, renderAdminAgents } from './render-admin-agents.ts';
import { renderAdminAsking } from './render-admin-asking.ts';
import { renderHealth } from './render-admin-health.ts';
import { renderAdminOrder, renderAdminOrders, renderToday } from './render-admin-orders.ts';
import { doing, menuRow, scopeText } from './render-admin-parts.ts';
import { renderAgent } from './render-agent.ts';
import { bold, code, cut, escape, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { DeepLink, RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends AdminView['type']> = Extract<AdminView, { type: Type }>;

const renderMenu = ({ say }: Speech, buttons: Buttons): RenderedMessage =>
  message(
    bold(say('admin.menu.title')),
    ...grid(ADMIN_PAGES.map((page) => doing(say(`admin.page.${page}`), { type: 'open', page }, buttons))),
  );

const renderBalance = ({ balance, currency, limit }: View<'balance'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  const text = (amount: Hundredths): string =>
    currency === null ? formatAmount(amount) : money({ hundredths: amount, currency });
  return message(
    lines(
      escape(say('admin.balance.title')),
      balance === null ? escape(say('admin.balance.unknown')) : bold(text(balance)),
      limit === null ? null : escape(say('admin.balance.limit', { amount: text(limit) })),
    ),
    [doing(say('admin.button.refresh'), { type: 'open', page: 'balance' }, buttons)],
    menuRow(speech, buttons),
  );
};

const renderStops = ({ stops }: View<'stops'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, dateTime } = speech;
  return message(
    paragraphs(
      bold(say('admin.page.stops')),
      stops.length === 0 ? escape(say('admin.stops.none')) : null,
      ...stops.map((stop) =>
        lines(
          bold(scopeText(stop, speech)),
          escape(oneLine(stop.why, 100)),
          escape(say('admin.stops.by', { by: stop.by, time: dateTime(stop.since) })),
        ),
      ),
    ),
    ...stops.map((stop) => [
      doing(say('admin.button.lift', { name: scopeText(stop, speech) }), { type: 'lift', scope: stop.scope }, buttons),
    ]),
    [doing(say('admin.button.newStop'), { type: 'newStop' }, buttons)],
    menuRow(speech, buttons),
  );
};

const decide = ({ id }: PendingTopUp, { say }: Speech, { lasting }: Buttons): Row => [
  lasting(say('admin.button.topUpYes'), { type: 'admin', action: { type: 'decideTopUp', topUp: id, yes: true } }),
  lasting(say('admin.button.topUpNo'), { type: 'admin', action: { type: 'decideTopUp', topUp: id, yes: false } }),
];

const topUpLines = (topUp: PendingTopUp, { say, money, dateTime }: Speech): Html =>
  lines(
    labelled(say('admin.order.customer'), code(String(topUp.customer))),
    labelled(say('admin.topUp.amount'), bold(money(topUp.amount))),
    labelled(say('admin.topUp.reference'), code(topUp.reference)),
    escape(say('admin.topUp.askedBy', { by: topUp.askedBy, time: dateTime(topUp.expiresAt) })),
  );

const renderTopUps = ({ pending, limits }: View<'topUps'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  return message(
    paragraphs(
      bold(say('admin.page.topUps')),
      limits.length === 0
        ? escape(say('admin.topUp.noLimits'))
        : escape(say('admin.topUp.limits', { amounts: limits.map(money).join(', ') })),
      ...pending.map((topUp) => topUpLines(topUp, speech)),
    ),
    ...pending.map((topUp) => decide(topUp, speech, buttons)),
    [
      doing(say('admin.button.newTopUp'), { type: 'newTopUp' }, buttons),
      doing(say('admin.button.adjust'), { type: 'adjust', customer: null }, buttons),
    ],
    menuRow(speech, buttons),
  );
};

const progressLine = ({ sent, blocked, failed, left, stopped }: View<'progress'>['progress'], { say }: Speech): string =>
  `${say(stopped ? 'admin.progress.stopped' : left > 0 ? 'admin.progress.running' : 'admin.progress.done')} ${say('admin.progress.counts', { sent, blocked, failed, left })}`;

const stopButton = (id: number, { say }: Speech, { lasting }: Buttons): Row => [
  lasting(say('admin.button.stopAnnouncement'), { type: 'admin', action: { type: 'stopAnnouncement', announcement: id } }),
];

const renderAnnounce = ({ recent }: View<'announce'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, nameOf } = speech;
  const to = (label: string, audience: Audience): Button => doing(label, { type: 'audience', audience }, buttons);
  return message(
    paragraphs(
      bold(say('admin.page.announce')),
      escape(say('admin.announce.ask')),
      lines(...recent.map((progress) => escape(`#${progress.id} ${progressLine(progress, speech)}`))),
    ),
    [to(say('admin.announce.everybody'), { language: null })],
    [to(say('admin.announce.agents'), { group: 'agents' })],
    ...grid(LANGUAGES.map((language) => to(nameOf(language), { language }))),
    ...recent.filter(({ left }) => left > 0).map(({ id }) => stopButton(id, speech, buttons)),
    menuRow(speech, buttons),
  );
};

/** How much of an announcement stands above its progress. */
const MOST_QUOTED = 300;

const renderProgress = ({ text, progress }: View<'progress'>, speech: Speech, buttons: Buttons): RenderedMessage =>
  message(
    paragraphs(escape(cut(text, MOST_QUOTED)), bold(progressLine(progress, speech))),
    ...(progress.left > 0 ? [stopButton(progress.id, speech, buttons)] : []),
  );

const renderActions = ({ actions }: View<'actions'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, dateTime } = speech;
  return message(
    paragraphs(
      bold(say('admin.page.actions')),
      actions.length === 0 ? escape(say('admin.actions.none')) : null,
      ...actions.map(({ at, by, deed, target }) =>
        lines(escape(`${dateTime(at)} · ${oneLine(by, 40)}`), escape(`${say(`admin.deed.${deed}`)}: ${oneLine(target, 60)}`)),
      ),
    ),
    menuRow(speech, buttons),
  );
};

export const renderAdmin = (view: AdminView, speech: Speech, buttons: Buttons, deepLink: DeepLink): RenderedMessage => {
  const { say } = speech;
  switch (view.type) {
    case 'menu':
      return renderMenu(speech, buttons);
    case 'balance':
      return renderBalance(view, speech, buttons);
    case 'today':
      return renderToday(view, speech, buttons);
    case 'health':
      return renderHealth(view, speech, buttons);
    case 'stops':
      return renderStops(view, speech, buttons);
    case 'stopTargets':
      return message(
        escape(say('admin.stops.which')),
        ...view.targets.map((target) => [doing(scopeText(target, speech), { type: 'stopTarget', scope: target.scope }, buttons)]),
        menuRow(speech, buttons),
      );
    case 'orders':
      return renderAdminOrders(view, speech, buttons);
    case 'order':
      return renderAdminOrder(view, speech, buttons);
    case 'topUps':
      return renderTopUps(view, speech, buttons);
    case 'topUpAsked':
      return message(
        paragraphs(bold(say('admin.topUp.asked')), topUpLines(view.topUp, speech)),
        decide(view.topUp, speech, buttons),
      );
    case 'agents':
      return renderAdminAgents(view, speech, buttons);
    case 'agent':
      return renderAdminAgent(view, speech, buttons);
    case 'invitation':
      return renderAgent(view, speech, buttons, deepLink);
    case 'announce':
      return renderAnnounce(view, speech, buttons);
    case 'progress':
      return renderProgress(view, speech, buttons);
    case 'announcement':
      return message(escape(view.text));
    case 'actions':
      return renderActions(view, speech, buttons);
    case 'asking':
      return renderAdminAsking(view.asking, speech, buttons);
    default:
      return assertNever(view);
  }
};
