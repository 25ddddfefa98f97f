// Where to see which behaviour: the stops of a guided tour, with an order that shows each.

/** An order that shows something, and what it shows. The account is null where none is needed. */
export type TourStop = {
  operatorId: number;
  amountToSendX100: number;
  account: string | null;
  shows:
    | 'immediateCode'
    | 'lateCode'
    | 'veryLateCode'
    | 'tokenIsCode'
    | 'tokenThenDetails'
    | 'accountNeeded'
    | 'emailNeeded'
    | 'twoCurrencies'
    | 'refusedByOperator'
    | 'notRouted'
    | 'uncertain';
};

/** One stop a behaviour. Every account ends so that the sale succeeds while the suffix rule is on, except where it must not. */
export const tour: readonly TourStop[] = [
  { shows: 'immediateCode', operatorId: 8201, amountToSendX100: 2_500, account: null },
  { shows: 'lateCode', operatorId: 8105, amountToSendX100: 15_000, account: null },
  { shows: 'veryLateCode', operatorId: 8205, amountToSendX100: 1_699, account: null },
  { shows: 'tokenIsCode', operatorId: 8305, amountToSendX100: 1_099, account: null },
  { shows: 'tokenThenDetails', operatorId: 8111, amountToSendX100: 9_900, account: null },
  { shows: 'accountNeeded', operatorId: 8113, amountToSendX100: 5_000, account: '525512345000' },
  { shows: 'emailNeeded', operatorId: 8110, amountToSendX100: 5_000, account: 'player000@mail.example' },
  { shows: 'twoCurrencies', operatorId: 8402, amountToSendX100: 2_000, account: null },
  { shows: 'refusedByOperator', operatorId: 8505, amountToSendX100: 3_000, account: null },
  { shows: 'notRouted', operatorId: 8107, amountToSendX100: 25_000, account: null },
  { shows: 'uncertain', operatorId: 9991, amountToSendX100: 500, account: '600000002' },
];
