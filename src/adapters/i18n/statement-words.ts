// The words of a statement on paper in each language, for whoever prints it.
import type { StatementWords } from '../../app/ports/statements.ts';
import { isRightToLeft } from '../../domain/dialog/language.ts';
import type { Language } from '../../domain/dialog/language.ts';
import { formatAmount } from '../../domain/money.ts';
import { INTL_TAGS, inEachLanguage } from './intl-tags.ts';
import type { Translate } from './translator.ts';

/** `1,234.50` in English and `1.234,50` in Spanish, with groups from a thousand on in every language, so that columns look alike. */
const AMOUNTS = inEachLanguage(
  (language) =>
    new Intl.NumberFormat(INTL_TAGS[language], { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: 'always' }),
);

export const createStatementWords =
  (translate: Translate) =>
  (language: Language): StatementWords => {
    const say = (key: Parameters<Translate>[1], params?: Parameters<Translate>[2]): string => translate(language, key, params);
    return {
      rightToLeft: isRightToLeft(language),
      title: say('statement.title'),
      agent: say('statement.agent'),
      period: say('statement.period'),
      opening: say('statement.opening'),
      closing: say('statement.closing'),
      kinds: {
        grant: say('statement.kind.grant'),
        topUp: say('statement.kind.topUp'),
        sale: say('statement.kind.sale'),
        commission: say('statement.kind.commission'),
        refund: say('statement.kind.refund'),
        commissionTakenBack: say('statement.kind.commissionTakenBack'),
        adjustment: say('statement.kind.adjustment'),
      },
      columns: {
        date: say('statement.column.date'),
        time: say('statement.column.time'),
        kind: say('statement.column.kind'),
        details: say('statement.column.details'),
        order: say('statement.column.order'),
        reference: say('statement.column.reference'),
        amount: say('statement.column.amount'),
        balance: say('statement.column.balance'),
        currency: say('statement.column.currency'),
      },
      nothing: say('statement.nothing'),
      zone: (zone) => say('statement.zone', { zone }),
      created: (time) => say('statement.created', { time }),
      page: (page, pages) => say('statement.page', { page, pages }),
      // Intl reads decimal text exactly. Its Arabic form begins with marks of direction, which paper does not need.
      amount: (amount) => AMOUNTS[language].format(formatAmount(amount) as `${number}`).replace(/[\u200e\u200f\u061c]/g, ''),
    };
  };
