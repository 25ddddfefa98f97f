// Transaction Info: what became of an attempt that nobody has heard of since.
import type { SupplierError } from '../../app/ports/supplier.ts';
import type { Attempt } from '../../domain/order.ts';
import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { filingDates } from '../../domain/time.ts';
import { fillPath } from './paths.ts';
import type { Reader } from './reads.ts';

type StillUnknown = { readonly kind: 'stillUnknown' };

/** Asks under each of the dates where an attempt may be filed; the first conclusive answer counts. */
export const createInquiry =
  (read: Reader) =>
  async <Info extends { readonly kind: string }>(
    attempt: Attempt,
    judgeAnswer: (json: unknown) => Info | StillUnknown,
  ): Promise<Result<Info | StillUnknown, SupplierError>> => {
    for (const date of filingDates(attempt.localTime, attempt.at)) {
      const path = fillPath('/util/transaction/info/{terminalId}/{localReference}/{date}', {
        terminalId: attempt.terminalId,
        localReference: attempt.reference,
        date,
      });
      const answer = await read({ call: 'transactionInfo', path, reference: attempt.reference });
      if (!answer.ok) return answer;
      const info = judgeAnswer(answer.value.json);
      if (info.kind !== 'stillUnknown') return ok(info);
    }
    return ok({ kind: 'stillUnknown' });
  };
