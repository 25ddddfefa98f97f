// Takes a checked purchase or revert to its end: duplicate, hindrance, outcome, and exactly then the move of money. One rule for both.
import { contradictoryReceipt, refusal, successReceipt } from './answers.ts';
import type { Answer, Receipt, Success } from './answers.ts';
import type { Fault } from './faults.ts';
import { dayOf } from './sales.ts';
import type { Entry, Use } from './sales.ts';
import type { Simulation } from './simulation.ts';

/** A call that may move money. */
export type Deal<Kind extends Entry> = {
  request: Pick<Use, 'terminalId' | 'operatorId' | 'localReference'>;
  localDateTime: string;
  success: '10' | '20';
  /** How a success is shown, whatever it is here. */
  shown: Success;
  /** The code that stands in the way whatever a fault says, or null. */
  hindrance: string | null;
  /** The code that it comes to while no fault says otherwise. */
  outcome: string;
  toEntry: (use: Use) => Kind;
  /** Makes the receipt, and what moves the money of an entry. Called once at the most, after a 990 later than the answer. */
  carryOut: (fault: Fault | null) => { receipt: Receipt; move: (entry: Kind) => void };
};

const codeUnder = (fault: Fault | null, { success, outcome }: Pick<Deal<Entry>, 'success' | 'outcome'>): string => {
  switch (fault?.kind) {
    case 'resultCode':
      return fault.code;
    case 'contradiction':
      return success;
    default:
      return outcome;
  }
};

/** Does it, or says why not. From here on the reference of the call counts as used. */
export const settle = <Kind extends Entry>(deal: Deal<Kind>, fault: Fault | null, simulation: Simulation): Answer => {
  const { request, success } = deal;
  const { sales } = simulation;
  const switches = simulation.switches();
  const localDay = dayOf(deal.localDateTime);

  const earlier = sales.earlier(request.terminalId, request.localReference, localDay);
  if (earlier && switches.duplicateMode === 'reject') return refusal('970', request.operatorId, switches);
  if (earlier && switches.duplicateMode === 'replay') return earlier.answer;

  const remember = (code: string, answer: Answer): Kind => {
    const { terminalId, operatorId, localReference } = request;
    const at = simulation.now();
    const serverDay = dayOf(new Date(at).toISOString());
    const entry = deal.toEntry({ terminalId, operatorId, localReference, localDay, serverDay, at, code, answer });
    sales.add(entry);
    return entry;
  };
  const fail = (code: string): Kind => remember(code, refusal(code, request.operatorId, switches));

  if (deal.hindrance !== null) return fail(deal.hindrance).answer;

  if (fault?.kind === 'lying991') {
    const entry = fail('991');
    deal.carryOut(null).move(entry);
    return entry.answer;
  }
  if (fault?.kind === 'chargedAfter990') {
    const entry = fail('990');
    simulation.later(fault.ms, () => deal.carryOut(null).move(entry));
    return entry.answer;
  }
  const code = codeUnder(fault, deal);
  if (code !== success) return fail(code).answer;
  const { receipt, move } = deal.carryOut(fault);
  const toAnswer = fault?.kind === 'contradiction' ? contradictoryReceipt : successReceipt;
  const entry = remember(success, toAnswer(deal.shown, receipt, switches));
  move(entry);
  return entry.answer;
};
