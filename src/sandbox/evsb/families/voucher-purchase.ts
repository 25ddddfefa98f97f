// Vouchers: Purchase. Reads the body, has it checked and settled, and enters every refusal in the books.
import { z } from 'zod';
import { frameworkError, refusal, validationFailure } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { orNull } from '../body.ts';
import { checkSale } from '../sale-checks.ts';
import type { SaleRequest } from '../sale-checks.ts';
import { settleSale } from '../settle-sale.ts';
import { numberOf } from '../simulation.ts';
import type { Call, Handler } from '../simulation.ts';

const bodySchema = z.object({
  amountToSendX100: z.int32().nullish(),
  destinationAmountX100: z.int32().nullish(),
  localDateTime: z.string().nullish(),
  account: z.string().nullish(),
  /** The older name of `account`. */
  beneficiaryPhoneNumber: z.string().nullish(),
  dynamicProductId: z.string().nullish(),
  receiverEmail: z.string().nullish(),
  receiverMessage: z.string().nullish(),
  documentNumber: z.string().nullish(),
  documentType: z.string().nullish(),
});

const readRequest = (call: Call, body: z.infer<typeof bodySchema>): SaleRequest => ({
  terminalId: numberOf(call, 'terminalId'),
  operatorId: numberOf(call, 'operatorId'),
  localReference: numberOf(call, 'localReference'),
  amountToSendX100: body.amountToSendX100 ?? null,
  destinationAmountX100: body.destinationAmountX100 ?? null,
  localDateTime: orNull(body.localDateTime),
  fields: {
    account: orNull(body.account) ?? orNull(body.beneficiaryPhoneNumber),
    receiverEmail: orNull(body.receiverEmail),
    documentNumber: orNull(body.documentNumber),
    dynamicProductId: orNull(body.dynamicProductId),
  },
});

const answeredCodeSchema = z.object({ rc: z.int(), items: z.tuple([z.object({ resultcode: z.string().optional() })]) });

/** The code of an answer that refuses, or undefined when it does not refuse. */
const refusedCode = (answer: Answer): string | null | undefined => {
  const parsed = answeredCodeSchema.parse(answer.json);
  return parsed.rc === 0 ? undefined : (parsed.items[0].resultcode ?? null);
};

export const voucherPurchase: Handler = (call, simulation) => {
  const body = bodySchema.safeParse(call.body);
  if (!body.success) return frameworkError(400, call.path, simulation.now());
  const request = readRequest(call, body.data);
  const check = checkSale(request, 'voucher', simulation);
  const switches = simulation.switches();
  let answer: Answer;
  if (check.ok) answer = settleSale(check.plan, call.fault, simulation);
  else if ('code' in check.refusal) answer = refusal(check.refusal.code, request.operatorId, switches);
  else answer = validationFailure(check.refusal.message, switches);

  const code = refusedCode(answer);
  if (code !== undefined) {
    const { terminalId, operatorId, localReference } = request;
    simulation.keeper.refuse({ terminalId, operatorId, localReference, code, at: simulation.now() });
  }
  return answer;
};
