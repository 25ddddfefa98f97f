// The one way of selling: reads a purchase, has it checked and settled, and enters every refusal in the books.
import { z } from 'zod';
import { frameworkError, refusal, validationFailure } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { checkSale } from '../sale-checks.ts';
import type { SaleFamily } from '../sale-family.ts';
import { settleSale } from '../settle-sale.ts';
import type { Handler } from '../simulation.ts';

const answeredCodeSchema = z.object({ rc: z.int(), items: z.tuple([z.object({ resultcode: z.string().optional() })]) });

/** The code of an answer that refuses, or undefined when it does not refuse. */
const refusedCode = (answer: Answer): string | null | undefined => {
  const parsed = answeredCodeSchema.parse(answer.json);
  return parsed.rc === 0 ? undefined : (parsed.items[0].resultcode ?? null);
};

/** The purchase endpoint of a family. */
export const sellAs =
  (family: SaleFamily): Handler =>
  (call, simulation) => {
    const request = family.read(call);
    if (!request) return frameworkError(400, call.path, simulation.now());
    const check = checkSale(request, family, simulation);
    const switches = simulation.switches();
    let answer: Answer;
    if (check.ok) answer = settleSale(check.plan, family, call.fault, simulation);
    else if ('code' in check.refusal) answer = refusal(check.refusal.code, request.operatorId, switches);
    else answer = validationFailure(check.refusal.message, switches);

    const code = refusedCode(answer);
    if (code !== undefined) {
      const { terminalId, operatorId, localReference } = request;
      simulation.keeper.refuse({ terminalId, operatorId, localReference, code, at: simulation.now() });
    }
    return answer;
  };
