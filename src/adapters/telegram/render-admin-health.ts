// Whether everything that the shop stands on answers, and how much is waiting, at a glance.
import type { AdminView, Health } from '../../domain/dialog/admin.ts';
import type { QueueDepth } from '../../domain/operations.ts';
import type { OrderStatus } from '../../domain/order.ts';
import { MINUTE, SECOND } from '../../domain/time.ts';
import type { Buttons } from './keyboard.ts';
import { doing, menuRow } from './render-admin-parts.ts';
import { bold, escape, lines, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

const mark = (works: boolean): string => (works ? '✅' : '❌');

/** Clocks that differ by less are in step: an answer takes as long to arrive. */
const IN_STEP = 5 * SECOND;

const supplierLine = ({ answers, skew }: Health['supplier'], { say }: Speech): string => {
  const isOff = skew !== null && Math.abs(skew) >= IN_STEP;
  const clocks = isOff ? ` ${say('admin.health.skew', { seconds: Math.round(skew / SECOND) })}` : '';
  return `${mark(answers)} ${say('admin.health.supplier')}${clocks}`;
};

const catalogLine = (age: number | null, { say }: Speech): string =>
  age === null
    ? `${mark(false)} ${say('admin.health.noCatalog')}`
    : `${mark(true)} ${say('admin.health.catalog', { minutes: Math.floor(age / MINUTE) })}`;

const queueLine = (name: string, { due, oldest }: QueueDepth, { say, time }: Speech): Html =>
  escape(oldest === null ? `${name}: ${due}` : `${name}: ${due} ${say('admin.health.since', { time: time(oldest) })}`);

const QUEUES = ['orders', 'messages', 'alerts', 'announcements'] as const;

const isStatus = (entry: [string, number | undefined]): entry is [OrderStatus, number] => entry[1] !== undefined;

export const renderHealth = (
  { health }: Extract<AdminView, { type: 'health' }>,
  speech: Speech,
  buttons: Buttons,
): RenderedMessage => {
  const { say } = speech;
  const { queues } = health;
  const stuck = Object.entries(health.stuck).filter(isStatus);
  return message(
    paragraphs(
      bold(say('admin.page.health')),
      lines(
        escape(`${mark(health.ledger)} ${say('admin.health.ledger')}`),
        escape(`${mark(health.sessions)} ${say('admin.health.sessions')}`),
        escape(supplierLine(health.supplier, speech)),
        escape(catalogLine(health.catalogAge, speech)),
      ),
      queues &&
        lines(
          bold(say('admin.health.due')),
          ...QUEUES.map((name) => queueLine(say(`admin.health.queue.${name}`), queues[name], speech)),
        ),
      stuck.length === 0
        ? escape(say('admin.health.nothingStuck'))
        : lines(
            bold(say('admin.health.stuck')),
            ...stuck.map(([status, count]) => escape(`${count} × ${say(`admin.status.${status}`)}`)),
          ),
    ),
    [doing(say('admin.button.refresh'), { type: 'open', page: 'health' }, buttons)],
    menuRow(speech, buttons),
  );
};
