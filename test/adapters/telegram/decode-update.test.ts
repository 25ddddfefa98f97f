// Decoding updates: every kind that a customer can cause, and nothing that arrives is ever an exception.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFlow, encodeLasting } from '../../../src/adapters/telegram/callback-data.ts';
import { decodeUpdate } from '../../../src/adapters/telegram/decode-update.ts';

const BOT = 'OurShopBot';
const ana = { id: 700, is_bot: false, first_name: 'Ana', language_code: 'es-MX' };
const privateChat = { id: 700, type: 'private', first_name: 'Ana' };
const group = { id: -100500, type: 'supergroup', title: 'Friends' };

const message = (content: object, over: object = {}) => ({
  update_id: 9,
  message: { message_id: 5, date: 1_790_000_000, from: ana, chat: privateChat, ...content, ...over },
});
const tap = (over: object = {}) => ({
  update_id: 9,
  callback_query: {
    id: '77',
    from: ana,
    chat_instance: '1',
    message: { message_id: 5, date: 0, chat: privateChat },
    data: '1l:sh',
    ...over,
  },
});

const eventOf = (raw: unknown): unknown => {
  const incoming = decodeUpdate(raw, BOT);
  return incoming.kind === 'customer' ? incoming.event : incoming;
};
const ignored = (reason: string) => ({ kind: 'ignored', updateId: 9, reason });

describe('a message in the private chat', () => {
  it('tells who speaks, where and in which language', () => {
    expect(decodeUpdate(message({ text: 'hola' }), BOT)).toEqual({
      kind: 'customer',
      updateId: 9,
      chat: 700,
      speaker: { customer: 700, language: 'es' },
      tapId: null,
      event: { type: 'typed', text: 'hola', lines: ['hola'] },
    });
  });

  it.each([
    ['/start', { type: 'command', command: 'start', argument: '' }],
    ['/start promo_42', { type: 'command', command: 'start', argument: 'promo_42' }],
    ['/orders@OurShopBot', { type: 'command', command: 'orders', argument: '' }],
    ['/ORDERS', { type: 'command', command: 'orders', argument: '' }],
    ['  /help  ', { type: 'command', command: 'help', argument: '' }],
    ['/language\nplease', { type: 'command', command: 'language', argument: 'please' }],
    ['/nothing', { type: 'unknownCommand' }],
    ['/startled', { type: 'unknownCommand' }],
    ['/', { type: 'unknownCommand' }],
    ['/constructor', { type: 'unknownCommand' }],
    ['25 /start', { type: 'typed', text: '25 /start', lines: ['25 /start'] }],
  ])('reads %j', (text, event) => {
    expect(eventOf(message({ text }))).toEqual(event);
  });

  it.each([
    ['trimmed, on one line', '  25 \r\n euros\t', '25 euros'],
    ['composed', 'Peru\u0301', 'Per\u00fa'],
    ['without control characters', 'a\u0000b\u0007c\u009f', 'abc'],
    ['without the direction marks of a copied phone number', '\u202a+34 600\u00a0000 000\u202c\u200e', '+34 600 000 000'],
    ['cut after 4096 units, never through a character', `${'a'.repeat(4095)}\u{1f600}`, 'a'.repeat(4095)],
    ['with its emoji whole', 'top \u{1f468}\u200d\u{1f469}', 'top \u{1f468}\u200d\u{1f469}'],
  ])('gives text %s', (_how, text, expected) => {
    expect(eventOf(message({ text }))).toMatchObject({ type: 'typed', text: expected });
  });

  it.each([
    ['a\nb', ['a', 'b']],
    [' cubacel 500 \t 5355512345\r\n\r\n \u200e \n telcel\u00a0100\u2028x ', ['cubacel 500 5355512345', 'telcel 100', 'x']],
    ['\u202a+34 600\u00a0000 000\u202c', ['+34 600 000 000']],
  ])('keeps the lines of %j', (text, lines) => {
    expect(eventOf(message({ text }))).toMatchObject({ type: 'typed', lines });
  });

  it('takes invisible text for something that the shop does not read', () => {
    expect(eventOf(message({ text: '\u200e \u0000' }))).toEqual({ type: 'sentMedia' });
  });

  it('keeps the owner of a shared contact, also when it is someone else or nobody on Telegram', () => {
    const contact = { phone_number: '\u202a+34600000000\u202c', first_name: 'Ana' };
    expect(eventOf(message({ contact: { ...contact, user_id: 700 } }))).toEqual({
      type: 'sharedContact',
      phone: '+34600000000',
      owner: 700,
    });
    expect(eventOf(message({ contact: { ...contact, user_id: 701 } }))).toMatchObject({ owner: 701 });
    expect(eventOf(message({ contact }))).toMatchObject({ owner: null });
  });

  it.each(['sticker', 'photo', 'voice', 'location', 'document', 'dice'])(
    'calls a %s media, with or without a caption',
    (kind) => {
      expect(eventOf(message({ [kind]: {}, caption: '25' }))).toEqual({ type: 'sentMedia' });
    },
  );

  it('does not answer service messages', () => {
    expect(eventOf(message({ pinned_message: {} }))).toEqual(ignored('serviceMessage'));
  });

  it('ignores bots, itself among them', () => {
    expect(eventOf(message({ text: 'hi' }, { from: { ...ana, is_bot: true } }))).toEqual(ignored('fromBot'));
  });

  it('ignores a private chat that is not the sender’s', () => {
    expect(eventOf(message({ text: 'hi' }, { chat: { ...privateChat, id: 701 } }))).toEqual(ignored('notPrivate'));
  });
});

describe('a message in a group', () => {
  it.each(['/start', '/orders@ourshopbot', '/whatever@OurShopBot', 'Ask @OurShopBot!', '(@ourshopbot)'])(
    'is for the bot: %j',
    (text) => {
      expect(decodeUpdate(message({ text }, { chat: group }), BOT)).toEqual({
        kind: 'group',
        updateId: 9,
        chat: -100500,
        customer: 700,
      });
    },
  );

  it.each(['/start@OtherBot', '/whatever', '/admin', 'hello', '@OurShopBotter', 'me@OurShopBot', ''])(
    'is not for the bot: %j',
    (text) => {
      expect(eventOf(message({ text }, { chat: group }))).toEqual(ignored('notAddressed'));
    },
  );

  it('never becomes a customer’s event, whatever it holds', () => {
    const contents = [
      { contact: { phone_number: '1', first_name: 'A', user_id: 700 } },
      { photo: [] },
      { text: '/start' },
      { text: '25' },
    ];
    for (const content of contents) expect(decodeUpdate(message(content, { chat: group }), BOT).kind).not.toBe('customer');
    expect(eventOf(tap({ message: { message_id: 5, date: 0, chat: group } }))).toEqual(ignored('tapOutsidePrivate'));
  });
});

describe('a tap', () => {
  it('carries the action, its revision and the message', () => {
    expect(decodeUpdate(tap({ data: encodeFlow({ type: 'turnPage', page: 2 }, 17) }), BOT)).toEqual({
      kind: 'customer',
      updateId: 9,
      chat: 700,
      speaker: { customer: 700, language: 'es' },
      tapId: '77',
      event: { type: 'tappedFlow', action: { type: 'turnPage', page: 2 }, revision: 17, message: 5 },
    });
    expect(eventOf(tap({ data: encodeLasting({ type: 'orders' }) }))).toEqual({
      type: 'tappedLasting',
      action: { type: 'orders' },
      message: 5,
    });
  });

  it.each([
    ['without data, as of a game', { data: undefined, game_short_name: 'x' }, 5],
    ['with data of another version', { data: '0:whatever' }, 5],
    ['without its message', { message: undefined }, null],
    ['on an ephemeral message', { message: { message_id: 0, date: 0, chat: privateChat } }, null],
  ])('is stale %s, and is answered in the customer’s chat', (_what, over, messageId) => {
    expect(decodeUpdate(tap(over), BOT)).toMatchObject({
      kind: 'customer',
      chat: 700,
      tapId: '77',
      event: { type: 'staleButton', message: messageId },
    });
  });
});

const membership = (before: string, after: string, chat: object = { id: 42, type: 'private' }) => ({
  my_chat_member: {
    chat,
    from: { id: 42, is_bot: false, language_code: 'es' },
    old_chat_member: { status: before },
    new_chat_member: { status: after },
  },
});

describe('everything else', () => {
  it('a customer who lets the bot write again has returned', () => {
    expect(decodeUpdate({ update_id: 7, ...membership('kicked', 'member') }, 'shop_bot')).toMatchObject({
      kind: 'customer',
      chat: 42,
      speaker: { customer: 42, language: 'es' },
      event: { type: 'returned' },
    });
  });

  it.each([
    ['an edit', { edited_message: message({ text: 'x' }).message }, 'edited'],
    ['a channel post', { channel_post: {} }, 'notUsed'],
    ['a block', membership('member', 'kicked'), 'blocked'],
    ['a promotion', membership('member', 'administrator'), 'membership'],
    ['a membership in a group', membership('kicked', 'member', { id: -5, type: 'group' }), 'membership'],
    ['a kind of tomorrow', { holographic_message: {} }, 'notUsed'],
    ['nothing at all', {}, 'notUsed'],
    ['a message that is none', { message: 'hi' }, 'malformed'],
    ['a tap that is none', { callback_query: null }, 'malformed'],
    ['a message of a channel in a group', { message: { chat: group, text: '/start' } }, 'notPrivate'],
  ])('ignores %s', (_what, body, reason) => {
    expect(decodeUpdate({ update_id: 9, ...body }, BOT)).toEqual(ignored(reason));
  });

  it.each([null, 'x', 7, [], {}, { update_id: '9' }, { update_id: 1.5 }])('knows that %j is no update', (raw) => {
    expect(decodeUpdate(raw, BOT)).toEqual({ kind: 'ignored', updateId: null, reason: 'notAnUpdate' });
  });

  /** Any UTF-16 unit, halves of surrogate pairs among them. */
  const anyUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit));

  const KINDS = ['customer', 'group', 'ignored'];

  it('takes any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('message', 'callback_query', 'my_chat_member'), (value, kind) => {
        expect(KINDS).toContain(decodeUpdate(value, BOT).kind);
        expect(KINDS).toContain(decodeUpdate({ update_id: 9, [kind]: value }, BOT).kind);
      }),
    );
  });

  it('takes valid updates with anything changed in any place', () => {
    const valid = [
      message({ text: '/start@x' }),
      message({ contact: { phone_number: '1', user_id: 1 } }),
      tap(),
      tap({ data: '1f:1:co:1' }),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...valid),
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.jsonValue(), { nil: undefined }),
        (update, place, value) => {
          let count = 0;
          const mutated: unknown = JSON.parse(
            JSON.stringify(update, (_key, part: unknown) => (count++ === place ? value : part)),
          );
          const incoming = decodeUpdate(mutated, BOT);
          expect(KINDS).toContain(incoming.kind);
          if (incoming.kind === 'customer') expect(incoming.chat).toBe(incoming.speaker.customer);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives clean text for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), (text) => {
        const incoming = decodeUpdate(message({ text }), BOT);
        if (incoming.kind !== 'customer' || incoming.event.type !== 'typed') return;
        const { text: clean, lines } = incoming.event;
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
        expect(clean.length).toBeLessThanOrEqual(4096);
        expect([clean.trim(), clean.normalize('NFC')]).toEqual([clean, clean]);
        expect(lines).not.toHaveLength(0);
        expect(lines).not.toContain('');
        expect(lines.join('').replaceAll(' ', '')).toBe(clean.replaceAll(' ', ''));
      }),
    );
  });
});
