// Plain grammY as its documentation writes it: sessions in Redis, inline keyboards, the webhook behind node:http, grammY's own client.
import { createServer } from 'node:http';
import { RedisAdapter } from '@grammyjs/storage-redis';
import { Bot, InlineKeyboard, session, webhookCallback } from 'grammy';
import type { Context, SessionFlavor } from 'grammy';
import { Redis } from 'ioredis';
import { readPlan } from './plan.ts';
import { fetchPrice } from './price.ts';
import { HELD, amounts, brands, home, price, products } from './screens.ts';
import type { PlainSession, Screen } from './screens.ts';

type BotContext = Context & SessionFlavor<PlainSession>;

const plan = readPlan();
const bot = new Bot<BotContext>(plan.token, { client: { apiRoot: plan.telegram } });

bot.use(
  session({
    initial: (): PlainSession => ({ screen: 'home' }),
    getSessionKey: (context) => (context.chat === undefined ? undefined : `grammy:${context.chat.id}`),
    storage: new RedisAdapter<PlainSession>({ instance: new Redis(plan.redis), ttl: 30 * 24 * 60 * 60 }),
  }),
);

const optionsOf = ({ rows }: Screen) => ({
  parse_mode: 'HTML' as const,
  reply_markup: InlineKeyboard.from(rows.map((row) => row.map(([label, data]) => InlineKeyboard.text(label, data)))),
});
const show = async (context: BotContext, screen: Screen): Promise<void> => {
  await context.answerCallbackQuery();
  await context.editMessageText(screen.text, optionsOf(screen));
};

bot.command('start', async (context) => {
  context.session = { screen: 'home' };
  const screen = home();
  await context.reply(screen.text, optionsOf(screen));
});
bot.callbackQuery(/^co:(\d+)$/, async (context) => {
  context.session.country = context.match[1] ?? '';
  context.session.screen = 'brands';
  await show(context, brands());
});
bot.callbackQuery(/^op:(\d+)$/, async (context) => {
  context.session.brand = context.match[1] ?? '';
  context.session.screen = 'products';
  await show(context, products());
});
bot.callbackQuery(/^pr:(\d+)$/, async (context) => {
  context.session.product = context.match[1] ?? '';
  context.session.screen = 'amounts';
  await show(context, amounts());
});
bot.callbackQuery(/^am:(\d+)$/, async (context) => {
  const amount = Number(context.match[1]);
  const { product = '' } = context.session;
  const { totalAmountX100: sends, destinationAmountX100: receives } = await fetchPrice(plan.supplier, product, amount);
  const until = Date.now() + HELD;
  context.session.amount = amount;
  context.session.quoted = { sends, receives, until };
  context.session.screen = 'price';
  await show(context, price(sends, receives, new Date(until)));
});
bot.callbackQuery('bk', async (context) => {
  const before = { home, brands: () => home(), products: brands, amounts: products, price: amounts };
  const screen = before[context.session.screen]();
  context.session.screen = 'amounts';
  await show(context, screen);
});
bot.callbackQuery('ca', async (context) => {
  context.session = { screen: 'home' };
  await show(context, home('Cancelled.\n\n'));
});

const handle = webhookCallback(bot, 'http', { secretToken: plan.secret });
const server = createServer((request, response) => void handle(request, response));
server.listen(plan.port, '127.0.0.1', () => void bot.api.setWebhook('https://bot.example'));
