// Alerts: what the operator reads when the bot needs a person, with the commands that settle it. A tap copies them.
import { MOST_LISTED } from '../../domain/alert.ts';
import type { Alert } from '../../domain/alert.ts';
import type { CatalogDifference } from '../../domain/catalog-difference.ts';
import type { AsideView } from '../../domain/dialog/view.ts';
import { formatAmount, hundredths } from '../../domain/money.ts';
import type { PersonReason } from '../../domain/order.ts';
import { assertNever } from '../../domain/result.ts';
import { STUCK_STATUSES } from '../../domain/stuck-order.ts';
import { SECOND } from '../../domain/time.ts';
import { bold, code, escape, labelled, lines, oneLine, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View = Extract<AsideView, { type: 'alert' }>;
type Of<Type extends Alert['type']> = Extract<Alert, { type: Type }>;

/** The commands that get an order out of a person's hands, given why it is there. */
const WAYS_OUT: Readonly<Record<PersonReason, (order: string) => readonly string[]>> = {
  outcomeNeverLearnt: (order) => ['charged-with-code', 'charged', 'not-charged'].map((ruling) => `settle -- ${order} ${ruling}`),
  paidWithoutCode: (order) => [`settle -- ${order} charged-with-code`, `revert -- ${order}`],
  revertNeverLearnt: (order) => ['reverted', 'not-reverted'].map((ruling) => `settle -- ${order} ${ruling}`),
};

/** What an order's row calls itself: an order id, unless that is what can't be read. */
const MOST_ORDER = 60;

/** `order`: its id, or the word that stands for one. */
export const personNeeded = (order: string, why: PersonReason, { say }: Speech): readonly Html[] => {
  const words = `--by ${say('alert.name')} --why "${say('alert.reason')}"`;
  return [
    escape(say(`alert.personNeeded.${why}`)),
    escape(say(`alert.personNeeded.${why}.do`)),
    lines(...WAYS_OUT[why](order).map((command) => code(`npm run ${command} ${words}`))),
  ];
};

/** Null when the balance is right. */
const driftText = (drift: number | null, say: Speech['say']): Html | null => {
  if (drift === null) return escape(say('alert.booksDiffer.noDrift'));
  return drift === 0 ? null : escape(say('alert.booksDiffer.drift', { amount: formatAmount(hundredths(drift)) }));
};

const booksDiffer = ({ day, differences, drift }: Of<'booksDiffer'>, { say }: Speech): readonly Html[] => [
  lines(differences === 0 ? null : escape(say('alert.booksDiffer.text', { count: differences })), driftText(drift, say)),
  escape(say('alert.booksDiffer.do')),
  code(`npm run reconcile -- --date ${day}`),
];

const differenceText = (difference: CatalogDifference, say: Speech['say']): string => {
  if (difference.kind !== 'changed') return say(`alert.catalogChanged.${difference.kind}`);
  const parts = difference.parts.map((part) => say(`alert.catalogChanged.part.${part}`)).join(' · ');
  return say('alert.catalogChanged.changed', { parts });
};

/** A line that says that there are more than the ones above. */
const andMore = (listed: readonly unknown[], total: number): Html | null => (total > listed.length ? escape('…') : null);

const catalogChanged = ({ differences, total }: Of<'catalogChanged'>, { say }: Speech): readonly Html[] => [
  escape(say('alert.catalogChanged.text')),
  lines(
    ...differences.map((difference) => labelled(String(difference.product), escape(differenceText(difference, say)))),
    andMore(differences, total),
  ),
  escape(say('alert.catalogChanged.do')),
];

const productsMissing = ({ products, total }: Of<'productsMissing'>, { say }: Speech): readonly Html[] => [
  escape(say('alert.productsMissing.text')),
  lines(...products.map((product) => escape(String(product))), andMore(products, total)),
  escape(say('alert.productsMissing.do')),
];

const productStopped = ({ product, name }: Of<'productStopped'>, { say }: Speech): readonly Html[] => [
  escape(say('alert.productStopped.text', { product: `${oneLine(name, 100)} (${product})` })),
  escape(say('alert.productStopped.do')),
];

const lowBalance = ({ balance, limit }: Of<'lowBalance'>, { say }: Speech): readonly Html[] => [
  escape(say('alert.lowBalance.text', { balance: formatAmount(hundredths(balance)), limit: formatAmount(hundredths(limit)) })),
  escape(say('alert.lowBalance.do')),
];

const supplierFailing = ({ since, trouble }: Of<'supplierFailing'>, { say, dateTime }: Speech): readonly Html[] => [
  lines(escape(say('alert.supplierFailing.text', { time: dateTime(since) })), escape(say(`alert.supplierFailing.${trouble}`))),
  escape(say('alert.supplierFailing.do')),
];

const clockSkew = ({ skew }: Of<'clockSkew'>, { say }: Speech): readonly Html[] => [
  escape(say(skew > 0 ? 'alert.clockSkew.slow' : 'alert.clockSkew.fast')),
  escape(say('alert.clockSkew.do')),
];

const ordersStuck = ({ orders, counts }: Of<'ordersStuck'>, { say }: Speech): readonly Html[] => {
  const total = STUCK_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  const some = STUCK_STATUSES.filter((status) => counts[status] > 0);
  return [
    lines(...some.map((status) => escape(`${counts[status]} × ${say(`admin.status.${status}`)}`))),
    lines(...orders.slice(0, MOST_LISTED).map((order) => code(order)), andMore(orders, total)),
    escape(say('alert.ordersStuck.do')),
  ];
};

const bodyOf = (alert: Alert, speech: Speech): readonly Html[] => {
  switch (alert.type) {
    case 'personNeeded':
      return personNeeded(alert.order, alert.why, speech);
    case 'orderUnreadable':
    case 'workFails':
    case 'chargedAfterAll':
      return [escape(speech.say(`alert.${alert.type}.text`)), escape(speech.say(`alert.${alert.type}.do`))];
    case 'booksDiffer':
      return booksDiffer(alert, speech);
    case 'productStopped':
      return productStopped(alert, speech);
    case 'lowBalance':
      return lowBalance(alert, speech);
    case 'catalogChanged':
      return catalogChanged(alert, speech);
    case 'productsMissing':
      return productsMissing(alert, speech);
    case 'supplierFailing':
      return supplierFailing(alert, speech);
    case 'supplierBack':
      return [
        escape(speech.say('alert.supplierBack.text', { time: speech.dateTime(alert.since) })),
        escape(speech.say('alert.supplierBack.do')),
      ];
    case 'clockSkew':
      return clockSkew(alert, speech);
    case 'ordersStuck':
      return ordersStuck(alert, speech);
    default:
      return assertNever(alert);
  }
};

const subjectOf = (alert: Alert, { say }: Speech): Html | null => {
  switch (alert.type) {
    case 'personNeeded':
    case 'orderUnreadable':
    case 'workFails':
    case 'chargedAfterAll':
    case 'productStopped':
      return labelled(say('order.number'), code(oneLine(alert.order, MOST_ORDER)));
    case 'booksDiffer':
    case 'lowBalance':
      return labelled(say('alert.day'), code(alert.day));
    case 'catalogChanged':
    case 'productsMissing':
      return labelled(say('alert.products'), escape(String(alert.total)));
    case 'clockSkew':
      return labelled(say('alert.clockSkew.seconds'), code(String(Math.round(Math.abs(alert.skew) / SECOND))));
    case 'supplierFailing':
    case 'supplierBack':
    case 'ordersStuck':
      return null;
    default:
      return assertNever(alert);
  }
};

export const renderAlert = ({ alert, raisedAt }: View, speech: Speech): RenderedMessage => {
  const { say, dateTime } = speech;
  return message(
    paragraphs(
      bold(say(`alert.${alert.type}.title`)),
      lines(subjectOf(alert, speech), labelled(say('alert.raisedAt'), escape(dateTime(raisedAt)))),
      ...bodyOf(alert, speech),
    ),
  );
};
