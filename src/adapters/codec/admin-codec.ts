// The stored form of what those who run the shop are asked: it may hold a code, a name or an amount, so it is sealed as a whole.
import { z } from 'zod';
import type { Adjustment } from '../../domain/adjustment.ts';
import { LONGEST_ANNOUNCEMENT } from '../../domain/announcement.ts';
import type { Audience } from '../../domain/announcement.ts';
import type { AdminAsking, AdminTask } from '../../domain/dialog/admin.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { Ruling } from '../../domain/order.ts';
import type { StopScope } from '../../domain/stop.ts';
import type { TopUp } from '../../domain/top-up.ts';
import { customerId as customer, money, orderId as order, productId as product } from './stored-parts.ts';

const typed = z.string().max(4096);

const scope: z.ZodType<StopScope> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('country'), country: z.int() }),
  z.object({ kind: z.literal('operator'), operator: product }),
  z.object({ kind: z.literal('product'), product }),
]);

/** Spelled out so that a new ruling breaks the build. */
const ruling = z.enum({
  chargedWithCode: 'chargedWithCode',
  charged: 'charged',
  notCharged: 'notCharged',
  reverted: 'reverted',
  notReverted: 'notReverted',
} satisfies { [Each in Ruling]: Each });

const topUp: z.ZodType<TopUp> = z.object({ customer, amount: money, reference: z.string() });
const adjustment: z.ZodType<Adjustment> = z.object({ customer, amount: money, why: typed });

const audience: z.ZodType<Audience> = z.union([
  z.object({ language: z.enum(LANGUAGES).nullable() }),
  z.object({ group: z.literal('agents') }),
]);

const task: z.ZodType<AdminTask> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('putStop'), scope, name: z.string(), why: typed }),
  z.object({ type: z.literal('liftStop'), scope }),
  z.object({ type: z.literal('resend'), order }),
  z.object({ type: z.literal('rule'), order, ruling, code: typed.nullable(), why: typed }),
  z.object({ type: z.literal('revert'), order, why: typed }),
  z.object({ type: z.literal('topUp'), topUp, second: z.boolean() }),
  z.object({ type: z.literal('announce'), audience, text: z.string().max(LONGEST_ANNOUNCEMENT), people: z.int() }),
  z.object({ type: z.literal('invite'), name: z.string() }),
  z.object({ type: z.literal('setCredit'), agent: customer, credit: money }),
  z.object({ type: z.literal('adjust'), adjustment }),
  z.object({ type: z.literal('block'), agent: customer, block: z.boolean() }),
]);

export const adminAsking: z.ZodType<AdminAsking> = z.discriminatedUnion('for', [
  z.object({ for: z.literal('nothing') }),
  z.object({ for: z.literal('orderSearch') }),
  z.object({ for: z.literal('stopTarget') }),
  z.object({ for: z.literal('stopReason'), scope, name: z.string() }),
  z.object({ for: z.literal('rulingCode'), order }),
  z.object({ for: z.literal('rulingReason'), order, ruling, code: typed.nullable() }),
  z.object({ for: z.literal('revertReason'), order }),
  z.object({ for: z.literal('topUp') }),
  z.object({ for: z.literal('announcement'), audience }),
  z.object({ for: z.literal('agentName') }),
  z.object({ for: z.literal('credit'), agent: customer }),
  z.object({ for: z.literal('adjustment'), customer: customer.nullable() }),
  z.object({ for: z.literal('confirmation'), deed: order, task }),
]);
