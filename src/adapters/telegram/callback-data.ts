// What a button carries: an action in 1 to 64 bytes. Versioned, because old messages keep their buttons through every deploy.
import type { FlowAction, LastingAction } from '../../domain/dialog/action.ts';
import { isLanguage } from '../../domain/dialog/language.ts';
import { parseOrderId, parseProductId } from '../../domain/ids.ts';
import { hundredths } from '../../domain/money.ts';
import { assertNever } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { adminCode, adminLastingCode, readAdmin, readAdminLasting } from './admin-callback.ts';
import { agentCode, readAgent } from './agent-callback.ts';
import { batchCode, readBatch } from './batch-callback.ts';
import { keepsakeCode, readKeepsake } from './keepsake-callback.ts';

/** `stale`: data that this version never writes. It is older, forged or broken, and deserves a friendly answer. */
export type Button =
  | { readonly kind: 'flow'; readonly action: FlowAction; readonly revision: number }
  | { readonly kind: 'lasting'; readonly action: LastingAction }
  | { readonly kind: 'stale' };

/** `1f:<revision in base 36>:<code>[:<argument>...]`. A change of meaning takes a new number, so that old buttons become stale instead of wrong. */
const FLOW = '1f';
/** `1l:<code>[:<argument>...]` */
const LASTING = '1l';

export const encodeFlow = (action: FlowAction, revision: number): string =>
  `${FLOW}:${revision.toString(36)}:${flowCode(action)}`;

export const encodeLasting = (action: LastingAction): string => `${LASTING}:${lastingCode(action)}`;

/** Reads what a tap sent. Total: any text gives a button, and only text that the encoders write gives an action. */
export const decodeButton = (data: string): Button => {
  const button = readButton(data);
  return writtenForm(button) === data ? button : { kind: 'stale' };
};

const writtenForm = (button: Button): string | null => {
  switch (button.kind) {
    case 'flow':
      return encodeFlow(button.action, button.revision);
    case 'lasting':
      return encodeLasting(button.action);
    case 'stale':
      return null;
    default:
      return assertNever(button);
  }
};

const readButton = (data: string): Button => {
  const [version, ...rest] = data.split(':');
  if (version === FLOW) {
    const [revisionText = '', code = '', ...values] = rest;
    const revision = readInteger(revisionText, 36);
    const action = readFlow(code, values);
    if (revision !== null && action !== null) return { kind: 'flow', action, revision };
  }
  if (version === LASTING) {
    const [code = '', ...values] = rest;
    const action = readLasting(code, values);
    if (action !== null) return { kind: 'lasting', action };
  }
  return { kind: 'stale' };
};

const flowCode = (action: FlowAction): string => {
  switch (action.type) {
    case 'pickCountry':
      return `co:${action.country}`;
    case 'pickOperator':
      return `op:${action.operator}`;
    case 'pickProduct':
      return `pr:${action.product}`;
    case 'pickItem':
      return `it:${action.index}`;
    case 'pickAmount':
      return `am:${action.amount}`;
    case 'pickOption':
      return `po:${action.index}`;
    case 'pickSuggestion':
      return `sg:${action.index}`;
    case 'toggleInvoice':
      return `iv:${action.index}`;
    case 'payDebt':
      return 'pd';
    case 'switchDirection':
      return 'sw';
    case 'admin':
      return `ad:${adminCode(action.action)}`;
    case 'batch':
      return `bt:${batchCode(action.action)}`;
    case 'turnPage':
      return `pg:${action.page}`;
    case 'retry':
      return 're';
    case 'confirm':
      return `ok:${action.order}`;
    case 'back':
      return 'bk';
    case 'cancel':
      return 'ca';
    default:
      return assertNever(action);
  }
};

/** What is picked by its place on a list of the screen. */
const PLACES = { it: 'pickItem', po: 'pickOption', sg: 'pickSuggestion', iv: 'toggleInvoice' } as const;

const readFlow = (code: string, values: readonly string[]): FlowAction | null => {
  const [argument = ''] = values;
  switch (code) {
    case 'co': {
      const country = readInteger(argument, 10);
      return country === null ? null : { type: 'pickCountry', country };
    }
    case 'op': {
      const operator = readProduct(argument);
      return operator === null ? null : { type: 'pickOperator', operator };
    }
    case 'pr': {
      const product = readProduct(argument);
      return product === null ? null : { type: 'pickProduct', product };
    }
    case 'it':
    case 'po':
    case 'sg':
    case 'iv': {
      const index = readInteger(argument, 10);
      return index === null ? null : { type: PLACES[code], index };
    }
    case 'pd':
      return { type: 'payDebt' };
    case 'am': {
      const amount = readInteger(argument, 10);
      return amount === null ? null : { type: 'pickAmount', amount: hundredths(amount) };
    }
    case 'sw':
      return { type: 'switchDirection' };
    case 'ad': {
      const action = readAdmin(values);
      return action && { type: 'admin', action };
    }
    case 'bt': {
      const action = readBatch(values);
      return action && { type: 'batch', action };
    }
    case 'pg': {
      const page = readInteger(argument, 10);
      return page === null ? null : { type: 'turnPage', page };
    }
    case 're':
      return { type: 'retry' };
    case 'ok': {
      const order = valueOf(parseOrderId(argument));
      return order === null ? null : { type: 'confirm', order };
    }
    case 'bk':
      return { type: 'back' };
    case 'ca':
      return { type: 'cancel' };
    default:
      return null;
  }
};

const lastingCode = (action: LastingAction): string => {
  switch (action.type) {
    case 'shop':
      return 'sh';
    case 'orders':
      return 'or';
    case 'help':
      return 'he';
    case 'showOrder':
      return `so:${action.order}`;
    case 'buyAgain':
      return `ba:${action.order}`;
    case 'admin':
      return `ad:${adminLastingCode(action.action)}`;
    case 'agent':
      return `ag:${agentCode(action.action)}`;
    case 'keepsake':
      return `ks:${keepsakeCode(action.action)}`;
    case 'setLanguage':
      return `la:${action.language}`;
    default:
      return assertNever(action);
  }
};

const readLasting = (code: string, values: readonly string[]): LastingAction | null => {
  const [argument = ''] = values;
  switch (code) {
    case 'sh':
      return { type: 'shop' };
    case 'or':
      return { type: 'orders' };
    case 'he':
      return { type: 'help' };
    case 'so': {
      const order = valueOf(parseOrderId(argument));
      return order === null ? null : { type: 'showOrder', order };
    }
    case 'ba': {
      const order = valueOf(parseOrderId(argument));
      return order === null ? null : { type: 'buyAgain', order };
    }
    case 'ad': {
      const action = readAdminLasting(values);
      return action && { type: 'admin', action };
    }
    case 'ag': {
      const action = readAgent(values);
      return action && { type: 'agent', action };
    }
    case 'ks': {
      const action = readKeepsake(values);
      return action && { type: 'keepsake', action };
    }
    case 'la':
      return isLanguage(argument) ? { type: 'setLanguage', language: argument } : null;
    default:
      return null;
  }
};

const valueOf = <T>(result: Result<T, unknown>): T | null => (result.ok ? result.value : null);

const readInteger = (text: string, radix: 10 | 36): number | null => {
  const value = Number.parseInt(text, radix);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
};

const readProduct = (text: string) => {
  const id = readInteger(text, 10);
  return id === null ? null : valueOf(parseProductId(id));
};
