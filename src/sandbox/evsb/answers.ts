// The shapes of the supplier's answers: envelope, receipts with their irregularities, framework errors.
import { STATUS_CODES } from 'node:http';
import { messageOf } from './result-codes.ts';
import type { Switches } from './switches.ts';

/** An answer before it is written: a status and a JSON value. */
export type Answer = { status: number; json: unknown };

export type ExtraInfo = {
  resultcode: number;
  resultmessage: string;
  redeemAccount: string;
  redeemInstructions: string;
  redeemCode: string;
  expiration: string;
  additionalData: { key: string; value: string };
};

export type VoucherReceipt = {
  supplierreference: string;
  suppliertoken: string;
  extraInfo: ExtraInfo | null;
  hasAdditionalData: boolean;
  destinationcurrency: string | null;
  /** Hundredths. */
  destinationamount: number | null;
};

/** A successful answer: root `rc` 0 and items. */
export const items = (...values: readonly object[]): Answer => ({ status: 200, json: { rc: 0, items: values } });

const finalstatusOf = (code: string, switches: Switches): number => {
  switch (switches.finalstatusProfile) {
    case 'evsb':
      return ['0', '10', '20'].includes(code) ? Number(code) : -1;
    case 'evsbCode':
      return Number(code);
    case 'docs':
      return 0;
  }
};

/** The three status fields with which every receipt begins. */
export const statusFields = (code: string, operatorId: number | null, switches: Switches) => ({
  finalstatus: finalstatusOf(code, switches),
  resultcode: code,
  resultmessage: messageOf(code, operatorId, switches.messageLanguage),
});

/** The receipt of a sale without details: a supermarket voucher or a bill. */
export type PricedReceipt = Omit<VoucherReceipt, 'extraInfo' | 'hasAdditionalData'>;

/** What every receipt has beside its status; that of a top-up or a revert has nothing else. */
export type PlainReceipt = Pick<VoucherReceipt, 'supplierreference' | 'suppliertoken'>;

export type Receipt = VoucherReceipt | PricedReceipt | PlainReceipt;

/** A sale was charged, which bills may show as 0, or a revert has brought the money back. */
export type Success = { code: '0' | '10' | '20'; message: string | null };

const doneFields = ({ code, message }: Success, switches: Switches) => {
  const status = statusFields(code, null, switches);
  return { ...status, resultmessage: message ?? status.resultmessage };
};

/** The receipt of a sale or a revert that was done. */
export const successReceipt = (success: Success, receipt: Receipt, switches: Switches): Answer =>
  items({ ...doneFields(success, switches), ...receipt });

/** The same receipt under an `rc` that refuses. */
export const contradictoryReceipt = (success: Success, receipt: Receipt, switches: Switches): Answer =>
  failed({ ...doneFields(success, switches), ...receipt }, switches);

const failed = (item: object, switches: Switches): Answer => ({ status: 200, json: { rc: switches.failureRc, items: [item] } });

/** Codes that the request checks give, whose receipts carry no supplier fields at all. */
const codesWithoutSupplierFields = new Set(['517', '925', '927', '931']);

/** A business failure: HTTP 200 with a receipt that carries the code. */
export const refusal = (code: string, operatorId: number | null, switches: Switches): Answer =>
  failed(
    {
      ...statusFields(code, operatorId, switches),
      ...(codesWithoutSupplierFields.has(code) ? {} : { supplierreference: '', suppliertoken: '' }),
    },
    switches,
  );

/** A business failure of an endpoint whose data stand at the root: there is no receipt, and no code either. */
export const rootFailure = (code: string, switches: Switches): Answer => ({
  status: 200,
  json: { rc: switches.failureRc, message: messageOf(code, null, switches.messageLanguage) },
});

/** What a validator writes: no result code, no supplier fields, `finalstatus` 0, always in English. */
export const validationFailure = (message: string, switches: Switches): Answer =>
  failed({ finalstatus: 0, resultmessage: message }, switches);

/** Transaction Info's answer for a sale that it does not know, or does not know yet. */
export const unknownTransaction = (switches: Switches): Answer =>
  failed({ finalstatus: 0, resultcode: '900', resultmessage: messageOf('900', null, 'en') }, switches);

/** The error body of the web framework; its `message` explains nothing. */
export const frameworkError = (status: number, path: string, nowMs: number): Answer => ({
  status,
  json: {
    timestamp: new Date(nowMs).toISOString().replace('Z', '+00:00'),
    status,
    error: STATUS_CODES[status] ?? 'Error',
    message: '',
    path,
  },
});
