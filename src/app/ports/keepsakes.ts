// What is kept for customers beside the orders: hand-overs, saved numbers, remembered details. Each operation is one transaction.
import type { HandOver, HandOverRefusal, HandOverStanding, Recipient } from '../../domain/hand-over.ts';
import type { CustomerId, OrderId } from '../../domain/ids.ts';
import type { Consent, Details, NewNumber, NumberId, SavedNumber } from '../../domain/keepsake.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { TokenHash } from '../../domain/token.ts';

export type HandOvers = {
  /** Stores a link, which takes the place of an unused one of the same order. `handedOver`: somebody has what was sold; nothing was stored. */
  makeHandOver(hash: TokenHash, handOver: HandOver): Promise<'made' | 'handedOver'>;
  /** What a link is for, whatever has become of it; null for a hash that no link has. */
  handOverOf(hash: TokenHash): Promise<HandOver | null>;
  /**
   * The first opening of a link that is good has it for ever, and may repeat it; everybody else is refused, and that is recorded. The showing
   * and the seller's news are stored with it.
   */
  openHandOver(hash: TokenHash, opener: Recipient, at: Instant): Promise<Result<OrderId, HandOverRefusal>>;
  /** Makes an unused link worthless. `handedOver`: too late. */
  takeBackHandOver(order: OrderId, seller: CustomerId, at: Instant): Promise<'takenBack' | 'handedOver'>;
  /** How things stand at `at`. */
  handOverStanding(order: OrderId, at: Instant): Promise<HandOverStanding>;
  /** Those of the orders that were handed over. */
  handedOver(orders: readonly OrderId[]): Promise<ReadonlySet<OrderId>>;
  /** Orders that were handed over to a customer, the latest first. */
  receivedBy(customer: CustomerId, limit: number): Promise<readonly OrderId[]>;
};

export type SavedNumbers = {
  /** Saves a number, or gives the saved one of the same kind and value the new name. `full`: there are as many as there may be. */
  saveNumber(customer: CustomerId, number: NewNumber, at: Instant): Promise<Result<NumberId, 'full'>>;
  /** The most recently used or saved first. */
  numbersOf(customer: CustomerId): Promise<readonly SavedNumber[]>;
  /** False: the customer has no such number. */
  renameNumber(customer: CustomerId, id: NumberId, name: string): Promise<boolean>;
  deleteNumber(customer: CustomerId, id: NumberId): Promise<boolean>;
  /** Puts the number first, where it is saved. */
  noteNumberUse(customer: CustomerId, number: Pick<NewNumber, 'kind' | 'value'>, at: Instant): Promise<void>;
};

export type Profile = { readonly consent: Consent; readonly details: Details };

export type Profiles = {
  profileOf(customer: CustomerId): Promise<Profile>;
  /** True the first time, and again for the same order: the question may have got lost. False once there is an answer. */
  askConsent(customer: CustomerId, order: OrderId, at: Instant): Promise<boolean>;
  /** `no` erases the details. */
  setConsent(customer: CustomerId, consent: 'yes' | 'no', at: Instant): Promise<void>;
  /** Adds to what is remembered, newer answers over older ones. Does nothing without the customer's consent. */
  rememberDetails(customer: CustomerId, details: Details, at: Instant): Promise<void>;
  /** Erases profile, consent and saved numbers. */
  forgetCustomer(customer: CustomerId): Promise<void>;
};

export type Keepsakes = HandOvers & SavedNumbers & Profiles;
