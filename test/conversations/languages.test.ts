// A purchase from the greeting to the code in the scripts that are not Latin: every sentence is in the customer's language.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/sandbox/telegram/customer.ts';
import { codeMessages } from '../e2e/books.ts';
import { confirm, receiveCode } from '../e2e/buy.ts';
import { does, tapWhenThere } from '../e2e/buttons.ts';
import { openShop } from '../e2e/shop.ts';
import type { Shop } from '../e2e/shop.ts';

/** What the supplier wrote, which nobody translates; the zone's name in times, and currencies by their letters. */
const SUPPLIERS = /Lumbre Home(?: - (?:Any Amount|Gift Card))?|serial|GMT|CEST|CET|MX\$/g;

/** What the bot itself says in a message: without codes, quoted instructions and the supplier's names. Buttons follow the text. */
const ownWords = ({ text, entities, buttons }: SeenMessage): string => {
  const foreign = entities.filter(({ type }) => type === 'code' || type === 'expandable_blockquote');
  const kept = foreign.reduceRight((rest, { offset, length }) => rest.slice(0, offset) + rest.slice(offset + length), text);
  return [kept, ...buttons.flat().map((button) => button.text)].join('\n').replace(SUPPLIERS, '');
};

const CUSTOMERS = [
  {
    languageCode: 'ar',
    userId: 1001,
    script: /\p{Script=Arabic}{2}/u,
    amount: '٢٥',
    title: 'إليك رمزك',
    pay: 'تدفع: \u206825.00\u00a0€\u2069',
  },
  {
    languageCode: 'ru',
    userId: 1002,
    script: /\p{Script=Cyrillic}{2}/u,
    amount: '25,00',
    title: 'Вот ваш код',
    pay: 'Вы платите: 25,00\u00a0€',
  },
] as const;

describe.each(CUSTOMERS)('a customer who speaks $languageCode', ({ languageCode, userId, script, amount, title, pay }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it('is greeted, shown a price and sent a code without a word of English', async () => {
    const customer = shop.telegram.customer(userId, { languageCode });
    const screenWith = (action: string): Promise<SeenMessage> =>
      customer.waitFor((messages) => messages.findLast(({ buttons }) => buttons.flat().some(does(action))));

    customer.sendText('/start');
    const greeting = await screenWith('co:724');
    await tapWhenThere(customer, 'co:724');
    const brands = await screenWith('op:8201');
    await tapWhenThere(customer, 'op:8201');
    const products = await screenWith('pr:8202');
    await tapWhenThere(customer, 'pr:8202');
    const amounts = await customer.waitFor((messages) =>
      messages.find(({ entities }) => entities.some(({ type }) => type === 'expandable_blockquote')),
    );
    customer.sendText(amount);
    const price = await screenWith('ok');
    await confirm(customer);
    const code = await receiveCode(customer);
    const [delivered] = codeMessages(customer.messages());
    expect(delivered?.code).toBe(shop.evsb.books.honoured[0]?.code);
    expect(delivered?.code).toBe(code);

    expect(price.text).toContain(pay);
    expect(delivered?.message.text).toContain(title);
    const screens = [greeting, products, amounts, price, ...(delivered === undefined ? [] : [delivered.message])];
    expect(screens).toHaveLength(5);
    for (const screen of screens) {
      expect(ownWords(screen)).toMatch(script);
      expect(ownWords(screen)).not.toMatch(/\p{Script=Latin}{2}/u);
    }
    // The brands themselves are Latin names; what is said about them is not.
    expect(brands.text).toMatch(script);
    expect(brands.text).not.toMatch(/\p{Script=Latin}{2}/u);
  });

  it('has the command menu in that language', () => {
    const menus = shop.telegram.calls.filter(({ method }) => method === 'setMyCommands').map(({ params }) => params);
    const menu = menus.find((params) => JSON.stringify(params).includes(`"language_code":"${languageCode}"`));
    expect(JSON.stringify(menu)).toMatch(script);
  });
});
