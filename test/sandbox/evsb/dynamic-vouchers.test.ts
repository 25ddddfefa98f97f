// Dynamic vouchers: a list that changes by the hour, and raffles from the ticket to the draw.
import { describe, expect, it } from 'vitest';
import { buyAs, codeOf, openTill, terminalId } from './till.ts';
import type { Till } from './till.ts';

const TICKETS = 8207;
const RAFFLE = 8206;
const hour = 3_600_000;

type Listed = { id: string; additionalData: { key: string; value: string }[] };

const isListed = (item: unknown): item is Listed =>
  typeof item === 'object' && item !== null && 'id' in item && 'additionalData' in item && Array.isArray(item.additionalData);

const list = async (till: Till, what: 'products' | 'finished-products', operatorId: number): Promise<Listed[]> => {
  const { json } = await till.get(`/pre-paid/vouchers/${what}/${terminalId}/${operatorId}`);
  if (typeof json !== 'object' || json === null || !('items' in json) || !Array.isArray(json.items)) throw new Error('No list');
  return json.items.filter(isListed);
};

const idsOf = async (till: Till, what: 'products' | 'finished-products', operatorId: number) =>
  (await list(till, what, operatorId)).map(({ id }) => id);

const buyItem = (till: Till, operatorId: number, reference: number, dynamicProductId: string, amountToSendX100: number) =>
  buyAs(till, 'voucher', operatorId, reference, { amountToSendX100, dynamicProductId });

describe('a list that changes', () => {
  it('by the hour, and begins again', async () => {
    const till = await openTill();
    const seen: string[][] = [];
    for (let hours = 0; hours < 4; hours += 1) {
      seen.push(await idsOf(till, 'products', TICKETS));
      till.clock.ms += hour;
    }
    expect(seen).toEqual([
      ['VENTANA-PIANO', 'VENTANA-CLOWN', 'VENTANA-NIGHT'],
      ['VENTANA-CLOWN', 'VENTANA-SEA', 'VENTANA-NIGHT'],
      ['VENTANA-PIANO', 'VENTANA-CLOWN', 'VENTANA-SEA'],
      ['VENTANA-PIANO', 'VENTANA-CLOWN', 'VENTANA-NIGHT'],
    ]);
  });

  it('sells what is on it, each item at its own price', async () => {
    const till = await openTill();
    expect(codeOf(await buyItem(till, TICKETS, 1, 'VENTANA-PIANO', 1_850))).toBe('10');
    expect(codeOf(await buyItem(till, TICKETS, 2, 'VENTANA-PIANO', 1_200))).toBe('927');
    expect(codeOf(await buyItem(till, TICKETS, 3, 'VENTANA-SEA', 2_400))).toBe('517');
    expect(codeOf(await buyItem(till, TICKETS, 4, '', 1_850))).toBe('517');
    till.clock.ms += hour;
    expect(codeOf(await buyItem(till, TICKETS, 5, 'VENTANA-PIANO', 1_850))).toBe('517');
    expect(codeOf(await buyItem(till, TICKETS, 6, 'VENTANA-SEA', 2_400))).toBe('10');
    expect(till.simulator.books.honoured).toMatchObject([
      { family: 'voucher', dynamicProductId: 'VENTANA-PIANO', amountToSendX100: 1_850 },
      { family: 'voucher', dynamicProductId: 'VENTANA-SEA', amountToSendX100: 2_400 },
    ]);
  });

  it('never finishes anything', async () => {
    const till = await openTill();
    till.clock.ms += 100 * 24 * hour;
    expect((await till.get(`/pre-paid/vouchers/finished-products/${terminalId}/${TICKETS}`)).status).toBe(404);
  });
});

describe('a raffle', () => {
  const endOfDraw = Date.parse('2025-01-08T00:00:00Z');
  const drawOf = async (till: Till, id: string) => {
    const finished = await list(till, 'finished-products', RAFFLE);
    return finished.find((item) => item.id === id)?.additionalData;
  };

  it('sells a ticket until the end of its last day, and tells the result from then on', async () => {
    const till = await openTill();
    expect((await list(till, 'products', RAFFLE))[0]?.additionalData).toEqual([{ key: 'endDate', value: '2025-01-07' }]);
    till.clock.ms = endOfDraw - 1;
    expect(codeOf(await buyItem(till, RAFFLE, 1, 'ESTRELLA-1', 300))).toBe('10');
    expect(await drawOf(till, 'ESTRELLA-1')).toBeUndefined();
    till.clock.ms = endOfDraw;
    expect(codeOf(await buyItem(till, RAFFLE, 2, 'ESTRELLA-1', 300))).toBe('517');
    expect(await idsOf(till, 'products', RAFFLE)).toEqual(['ESTRELLA-2']);
    const [ticket] = till.simulator.books.honoured;
    expect(await drawOf(till, 'ESTRELLA-1')).toEqual([
      { key: 'endDate', value: '2025-01-07' },
      { key: 'result', value: `Winning number ${ticket?.code ?? ''}` },
      { key: 'winningTicket', value: ticket?.suppliertoken },
      { key: 'winningReference', value: ticket?.supplierreference },
    ]);
  });

  it('names every ticket that was sold for that draw, and one winner', async () => {
    const till = await openTill();
    for (const reference of [1, 2, 3]) await buyItem(till, RAFFLE, reference, 'ESTRELLA-1', 300);
    await buyItem(till, RAFFLE, 4, 'ESTRELLA-2', 500);
    till.clock.ms = endOfDraw;
    const facts = (await drawOf(till, 'ESTRELLA-1')) ?? [];
    const valuesOf = (key: string) => facts.filter((fact) => fact.key === key).map(({ value }) => value);
    const tickets = till.simulator.books.honoured.filter((sale) => sale.dynamicProductId === 'ESTRELLA-1');
    expect(valuesOf('winningTicket')).toHaveLength(1);
    expect([...valuesOf('winningTicket'), ...valuesOf('ticketWithoutPrize')].sort()).toEqual(
      tickets.map((ticket) => ticket.suppliertoken).sort(),
    );
    expect([...valuesOf('winningReference'), ...valuesOf('referenceWithoutPrize')].sort()).toEqual(
      tickets.map((ticket) => ticket.supplierreference).sort(),
    );
    const winner = tickets.find((ticket) => ticket.suppliertoken === valuesOf('winningTicket')[0]);
    expect(valuesOf('winningReference')).toEqual([winner?.supplierreference]);
    expect(valuesOf('result')).toEqual([`Winning number ${winner?.code ?? ''}`]);
  });

  it('can be won elsewhere, or by nobody that we know', async () => {
    const till = await openTill();
    await buyItem(till, RAFFLE, 1, 'ESTRELLA-2', 500);
    till.clock.ms = Date.parse('2025-01-22T00:00:00Z');
    const [ticket] = till.simulator.books.honoured;
    expect(await drawOf(till, 'ESTRELLA-2')).toEqual([
      { key: 'endDate', value: '2025-01-21' },
      { key: 'result', value: 'Winning number 161803' },
      { key: 'ticketWithoutPrize', value: ticket?.suppliertoken },
      { key: 'referenceWithoutPrize', value: ticket?.supplierreference },
    ]);
    expect(await drawOf(till, 'ESTRELLA-1')).toEqual([
      { key: 'endDate', value: '2025-01-07' },
      { key: 'result', value: 'Winning number 314159' },
    ]);
  });
});
