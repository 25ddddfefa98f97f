// Vouchers: the body of a purchase, and where the code of a sold one is.
import type { PreparedPurchase, VoucherDelivery } from '../../app/ports/supplier.ts';
import type { LocalReference } from '../../domain/ids.ts';
import type { Fields, OrderTerms } from '../../domain/order.ts';
import type { Instant } from '../../domain/time.ts';
import type { Voucher } from '../../domain/voucher.ts';
import type { Alert } from './outcome.ts';
import { prepareSale } from './sale-body.ts';
import type { EvsbSettings } from './settings.ts';
import { unlistedOf } from './wire.ts';
import type { Receipt, VoucherInfo } from './wire.ts';

type PurchaseTerms = Pick<OrderTerms, 'productId' | 'sent' | 'dynamic'> & { readonly fields: Fields };

/** Builds a purchase that is ready to be stored and sent. */
export const preparePurchase = (
  settings: Pick<EvsbSettings, 'terminalId' | 'timeZone' | 'legacyBeneficiaryField'>,
  { productId, sent, fields: { account, receiverEmail, documentNumber }, dynamic }: PurchaseTerms,
  reference: LocalReference,
  at: Instant,
): PreparedPurchase =>
  prepareSale(settings, { productId, sent }, reference, at, {
    account,
    beneficiaryPhoneNumber: settings.legacyBeneficiaryField ? account : undefined,
    dynamicProductId: dynamic?.id,
    receiverEmail,
    documentNumber,
  });

const DOCUMENTED: ReadonlySet<string> = new Set([
  'resultcode',
  'resultmessage',
  'redeemCode',
  'redeemAccount',
  'redeemInstructions',
  'expiration',
  'additionalData',
]);

/** The voucher of a details object; null while it has no code. Properties that no schema lists are kept beside the listed extras. */
export const voucherFrom = (info: VoucherInfo): Voucher | null => {
  if (info.redeemCode === null) return null;
  return {
    code: info.redeemCode,
    account: info.redeemAccount,
    instructions: info.redeemInstructions,
    expiration: info.expiration,
    extra: [...info.additionalData, ...unlistedOf(info, DOCUMENTED)],
  };
};

/** Where the code of a charged sale is: in the details, behind the token when details are announced, or the token itself. */
export const deliveryOf = ({ extraInfo, suppliertoken: token, hasAdditionalData }: Receipt): VoucherDelivery => {
  const voucher = extraInfo === null ? null : voucherFrom(extraInfo);
  if (voucher !== null) return { kind: 'here', voucher, token };
  if (token === null) return { kind: 'missing' };
  if (hasAdditionalData) return { kind: 'later', token };
  const details = extraInfo === null ? null : voucherFrom({ ...extraInfo, redeemCode: token });
  return {
    kind: 'here',
    voucher: details ?? { code: token, account: null, instructions: null, expiration: null, extra: [] },
    token,
  };
};

/** What the log says of a charged voucher. A paid one without a code is for a person to look at. */
export const praiseCode = ({ kind }: VoucherDelivery): { readonly outcome: string; readonly alert: Alert } => ({
  outcome: `charged, code ${kind}`,
  alert: kind === 'missing' ? 'always' : 'never',
});
