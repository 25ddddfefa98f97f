// Top-ups of a customer's balance by hand: once a reference; large ones wait until a second admin confirms them.
import type { Confirmed } from '../../domain/admin-action.ts';
import type { Instant } from '../../domain/time.ts';
import type { Decision, PendingTopUp, TopUp } from '../../domain/top-up.ts';

export type TopUps = {
  /** Posts the deposit and records it. `again`: the key was used before. */
  topUp(topUp: TopUp, confirmed: Confirmed): Promise<'done' | 'referenceUsed' | 'again'>;
  /** Keeps the request until a second person decides. `again`: the key was used before. */
  askTopUp(topUp: TopUp, confirmed: Confirmed, expiresAt: Instant): Promise<'asked' | 'referenceUsed' | 'again'>;
  /** Those that nobody has decided and that have not expired, the oldest first. */
  pendingTopUps(now: Instant): Promise<readonly PendingTopUp[]>;
  pendingTopUp(id: string): Promise<PendingTopUp | null>;
  /** Says yes, which posts the deposit, or no, which whoever asked may do as well. One decision wins. */
  decideTopUp(id: string, yes: boolean, by: string, at: Instant): Promise<Decision>;
};
