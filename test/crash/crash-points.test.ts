// The bot is killed with -9 right before and right after every step of a purchase, and started again: no law of the purchase is broken.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, describe, expect, it } from 'vitest';
import { startRedis } from '../contracts/find-redis.ts';
import { skipLoudly } from '../skip-loudly.ts';
import { expectAgreement } from './agreement.ts';
import { openRehearsal } from './rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Point, Step } from './port-watch.ts';
import { portMethods, reachableFrom, stepsIn } from './steps-in-code.ts';
import { stories } from './stories.ts';
import type { CrashStory } from './stories.ts';

/** Where updates and orders come in; all else is reached from here. */
const ENTRIES = ['receive-update.ts', 'work.ts'];

/** Steps at which nobody has to be killed, by the reason. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  'a pause changes nothing': ['Clock.sleep'],
  'an animation that nobody waits for': ['Channel.showBusy'],
  'a count of what comes in, before anything is done about it': ['Limit.countUpdate'],
  'nothing has been confirmed yet': [
    'Supplier.price',
    'Supplier.dynamicVouchers',
    'Recharges.rechargeParameters',
    'Recharges.rechargeProducts',
    'Bills.billParameters',
    'Bills.invoices',
  ],
  'a reading for somebody who asks for it': [
    'Supplier.balance',
    'Supplier.ping',
    'Ledger.balances',
    'HandOvers.handedOver',
    'HandOvers.receivedBy',
    'People.agents',
    'People.clerksOf',
    'Profiles.profileOf',
    'SavedNumbers.numbersOf',
    'SellerSales.soldBy',
    'SellerSales.soldFrom',
    'Statements.floatBefore',
    'Statements.floatMovements',
    'Announcements.announcement',
    'Announcements.announcements',
    'Announcements.countAudience',
    'Operations.history',
    'Operations.lastActions',
    'Operations.ordersByStatus',
    'Operations.ordersFor',
    'Operations.queues',
    'Operations.salesOf',
    'TopUps.pendingTopUp',
    'TopUps.pendingTopUps',
  ],
  'the list comes again on schedule': ['Supplier.portfolio'],
  'after work has failed several times; it is raised again by the next failures, and told once': ['Alerts.raiseAlert'],
  'at an orderly end only, which a kill is not; the lease runs out without it': ['Ledger.releaseOrder'],
  'the one write of a tap, under the key of its confirmation, as a top-up is': [
    'Adjustments.adjust',
    'Agency.blockAgent',
    'Agency.inviteAgent',
    'Agency.setAgentCredit',
    'Announcements.stopAnnouncement',
    'Operations.restage',
    'Stops.liftStop',
    'Stops.putStop',
    'TopUps.askTopUp',
    'TopUps.decideTopUp',
  ],
  'the one write of a tap, which says how things shall be: a second time changes nothing': [
    'People.removeClerk',
    'People.setBlocked',
    'People.setHidesCodes',
    'People.setPerDay',
    'Profiles.forgetCustomer',
    'Profiles.rememberDetails',
    'Profiles.setConsent',
    'SavedNumbers.deleteNumber',
    'SavedNumbers.noteNumberUse',
    'SavedNumbers.renameNumber',
    'SavedNumbers.saveNumber',
  ],
  'a link that was never shown is worth nothing, and another is made': ['People.invite'],
  'a file that is asked for again': ['Channel.sendDocument'],
  'of the announcer, whose calls nobody watches; its lease and its messages are those of the outbox': [
    'Announcements.claimRecipients',
    'Announcements.concludeRecipient',
    'Announcements.rememberProgress',
  ],
  'its intent is stored before, and what is not known afterwards is a story': ['Reverter.revert'],
  'looks on while other steps are taken': ['Telemetry.measure'],
};

const EXCLUDED = new Set(Object.values(REASONS).flat());

/** Every step of every story instead of those that an earlier one does not have. */
const EVERYTHING = process.env['CRASH_POINTS'] === 'all';
/** A step that is repeated on a schedule is crashed at this often in later stories. */
const MOST_REPEATS = 2;
/** Each nth restart happens in a process of its own; the others in this one, which is quicker. */
const RESTART_APART = 9;
/** The calls that buy. */
const SALES = ['voucherPurchase', 'rechargePurchase', 'supermarketPurchase', 'billPayment'];
/** What a plain voucher costs, in hundredths. */
const PRICE = 2_500;
/** One crash with its recovery, on a busy machine. Milliseconds. */
const LIMIT = 90_000;

/** More processes at once would only wait for each other. */
const takeTurns = pLimit(3);

/** A Redis of our own: chats of earlier runs would be remembered by another. */
const redis = await startRedis();
if (redis === null) skipLoudly('redis-server');
const cacheFolder = await mkdtemp(join(tmpdir(), 'crash-cache-'));
let customers = 7_000_000;
const open = (story: CrashStory): Promise<Rehearsal> =>
  openRehearsal(story, { redisUrl: redis?.url ?? '', customer: (customers += 1), cacheFolder });

const files = reachableFrom(ENTRIES);
const inCode = stepsIn(files);
const toCrashAt = new Set([...inCode.keys()].filter((step) => !EXCLUDED.has(step)).map((step) => step.split('.')[1]));

/** The steps of the story that belong to updates and orders; what else the bot does meanwhile is left out. */
const record = async (story: CrashStory): Promise<readonly Step[]> => {
  const rehearsal = await open(story);
  try {
    const steps = await rehearsal.record();
    expect(await rehearsal.status()).toBe(story.ends);
    return steps.filter(({ method }) => toCrashAt.has(method));
  } finally {
    await rehearsal.close();
  }
};

const nameOf = ({ port, method }: Step): string => `${port}.${method}`;

const recorded =
  redis === null ? [] : await Promise.all(stories.map(async (story) => ({ story, steps: await takeTurns(() => record(story)) })));

const isOwnWrite = (story: CrashStory, step: Step): boolean =>
  nameOf(step) === 'ledger.append' && story.ownWrites?.includes(step.nth) === true;

const crashes = recorded.map(({ story, steps }, index) => {
  const known = new Set(recorded.slice(0, index).flatMap((earlier) => earlier.steps.map(nameOf)));
  const repeats = (step: Step): number =>
    steps.slice(0, steps.indexOf(step)).filter((one) => nameOf(one) === nameOf(step)).length;
  const isNew = (step: Step): boolean => index === 0 || (!known.has(nameOf(step)) && repeats(step) < MOST_REPEATS);
  const all = EVERYTHING && story.isSequel !== true;
  const worth = steps.filter((step) => all || isNew(step) || isOwnWrite(story, step));
  const points = worth.flatMap((step): Point[] => [
    { ...step, when: 'before' },
    { ...step, when: 'after' },
  ]);
  return { story, points };
});

afterAll(async () => {
  await redis?.stop();
  await rm(cacheFolder, { recursive: true, force: true });
});

for (const { story, points } of crashes) {
  describe.concurrent(`a kill while ${story.name}`, () => {
    const named = points.map((point, index) => ({ name: `${point.when} ${nameOf(point)} ${point.nth}`, point, index }));

    it.for(named)('$name', { timeout: LIMIT }, ({ point, index }, context) =>
      takeTurns(async () => {
        const { expect } = context;
        const rehearsal = await open(story);
        context.onTestFinished(() => rehearsal.close());
        const { customer, operator, evsb, ledger } = rehearsal;

        expect(await rehearsal.crash(point)).toBe('SIGKILL');
        const atDeath = await rehearsal.status();
        expect((await ledger.audit()).wrongAccounts).toEqual([]);

        const errors = await rehearsal.recover(index % RESTART_APART === 4 ? 'inAnotherProcess' : 'here');
        expect(errors.filter((event) => event !== 'personNeeded')).toEqual([]);
        const ended = await rehearsal.status();
        // Only a purchase that was in flight may need a person to find out what became of it.
        expect(atDeath === 'sending' ? [story.ends, 'needsPerson'] : [story.ends]).toContain(ended);
        expect(operator.messages().some(({ text }) => text.includes('🚨'))).toBe(ended === 'needsPerson');
        if (ended === 'needsPerson') await rehearsal.settleByHand();

        expect(evsb.books.requests.filter(({ endpoint }) => SALES.some((sale) => sale === endpoint)).length).toBeLessThanOrEqual(
          1,
        );
        const sold = evsb.books.honoured.length;
        await expectAgreement(rehearsal, sold);
        expect(await rehearsal.status()).toBe(sold === 1 ? 'delivered' : 'rejected');
        expect(await rehearsal.spent()).toBe(sold * (story.price ?? PRICE) - (story.paidIn ?? 0));
        expect(await rehearsal.turnsOut()).toBe(true);
        if (story.lastWords !== undefined)
          expect(
            customer
              .messages()
              .map(({ text }) => text)
              .join('\n'),
          ).toContain(story.lastWords);
      }),
    );
  });
}

describe.skipIf(redis === null)('the list of steps', () => {
  const methods = portMethods();
  const crashedAt = new Set(recorded.flatMap(({ steps }) => steps.map(({ method }) => method)));

  it('comes from all files that updates and orders lead to', () => {
    expect(files.map((file) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining([
        'answer-question.ts',
        'deliver-outbox.ts',
        'fulfil-order.ts',
        'handle-update.ts',
        'order-step.ts',
        'place-order.ts',
        'resolve-order.ts',
        'work.ts',
      ]),
    );
    expect(inCode.size).toBeGreaterThan(15);
  });

  it('tells the ports apart by the names of their methods', () => {
    const called = [...inCode.keys()].map((step) => step.split('.')[1]);
    const shared = methods.filter(({ method }, index) => methods.findIndex((other) => other.method === method) !== index);
    expect(shared.filter(({ method }) => called.includes(method))).toEqual([]);
  });

  it('has no step in the code that no story is killed at', () => {
    const forgotten = [...inCode].filter(([step]) => !crashedAt.has(step.split('.')[1] ?? '') && !EXCLUDED.has(step));
    expect(forgotten).toEqual([]);
  });

  it('leaves out nothing that is not in the code', () => {
    expect([...EXCLUDED].filter((step) => !inCode.has(step))).toEqual([]);
  });
});
