// The button data of what customers keep and hand over: `<code>[:<argument>]`, behind the prefix that the lasting buttons give it.
import type { KeepsakeAction } from '../../domain/dialog/keepsake-words.ts';
import { parseOrderId } from '../../domain/ids.ts';
import { parseNumberId } from '../../domain/keepsake.ts';
import { assertNever } from '../../domain/result.ts';

export const keepsakeCode = (action: KeepsakeAction): string => {
  switch (action.type) {
    case 'handOver':
      return `ho:${action.order}`;
    case 'takeBack':
      return `tb:${action.order}`;
    case 'numbers':
      return 'nl';
    case 'number':
      return `nu:${action.number}`;
    case 'saveNumber':
      return `ns:${action.order}`;
    case 'renameNumber':
      return `nr:${action.number}`;
    case 'deleteNumber':
      return `nd:${action.number}`;
    case 'remember':
      return `re:${action.order}`;
    case 'doNotRemember':
      return 'no';
    case 'forget':
      return 'fo';
    default:
      return assertNever(action);
  }
};

const OF_ORDERS = { ho: 'handOver', tb: 'takeBack', ns: 'saveNumber', re: 'remember' } as const;
const OF_NUMBERS = { nu: 'number', nr: 'renameNumber', nd: 'deleteNumber' } as const;

/** Null for what no button says. */
export const readKeepsake = ([code = '', argument = '']: readonly string[]): KeepsakeAction | null => {
  switch (code) {
    case 'ho':
    case 'tb':
    case 'ns':
    case 're': {
      const order = parseOrderId(argument);
      return order.ok ? { type: OF_ORDERS[code], order: order.value } : null;
    }
    case 'nu':
    case 'nr':
    case 'nd': {
      const number = parseNumberId(Number(argument));
      return number.ok ? { type: OF_NUMBERS[code], number: number.value } : null;
    }
    case 'nl':
      return { type: 'numbers' };
    case 'no':
      return { type: 'doNotRemember' };
    case 'fo':
      return { type: 'forget' };
    default:
      return null;
  }
};
