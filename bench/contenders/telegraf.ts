// Plain Telegraf as its documentation writes it: a scene a screen, sessions in Redis, the webhook behind node:http, Telegraf's own client.
import { Agent, createServer } from 'node:http';
import { Redis } from 'ioredis';
import { Markup, Scenes, Telegraf, session } from 'telegraf';
import type { Context } from 'telegraf';
import { readPlan } from './plan.ts';
import { fetchPrice } from './price.ts';
import { HELD, amounts, brands, home, price, products } from './screens.ts';
import type { PlainSession, Screen } from './screens.ts';

type SceneData = Scenes.SceneSessionData & Partial<PlainSession>;
type BotContext = Context & {
  session: Scenes.SceneSession<SceneData>;
  scene: Scenes.SceneContextScene<BotContext, SceneData>;
};
/** What `enter` and `leave` need is in every context; a tap adds the match of its pattern. */
type Matched = { readonly match: RegExpExecArray };

const plan = readPlan();
const redis = new Redis(plan.redis);
// Its own default keeps connections alive only for https.
const bot = new Telegraf<BotContext>(plan.token, { telegram: { apiRoot: plan.telegram, agent: new Agent({ keepAlive: true }) } });

const store = {
  get: async (key: string): Promise<Scenes.SceneSession<SceneData> | undefined> => {
    const text = await redis.get(`telegraf:${key}`);
    return text === null ? undefined : (JSON.parse(text) as Scenes.SceneSession<SceneData>);
  },
  set: (key: string, value: object): Promise<unknown> =>
    redis.set(`telegraf:${key}`, JSON.stringify(value), 'EX', 30 * 24 * 60 * 60),
  delete: (key: string): Promise<unknown> => redis.del(`telegraf:${key}`),
};

const optionsOf = ({ rows }: Screen) => ({
  parse_mode: 'HTML' as const,
  reply_markup: Markup.inlineKeyboard(rows.map((row) => row.map(([label, data]) => Markup.button.callback(label, data))))
    .reply_markup,
});
const show = async (context: BotContext, screen: Screen): Promise<void> => {
  await context.answerCbQuery();
  await context.editMessageText(screen.text, optionsOf(screen));
};
const matched = (context: Matched): string => context.match[1] ?? '';

const homeScene = new Scenes.BaseScene<BotContext>('home');
homeScene.enter(async (context) => {
  const screen = home();
  if (context.callbackQuery === undefined) await context.reply(screen.text, optionsOf(screen));
  else await show(context, home('Cancelled.\n\n'));
});
homeScene.action(/^co:(\d+)$/, (context) => context.scene.enter('brands', { country: matched(context) }));

const brandsScene = new Scenes.BaseScene<BotContext>('brands');
brandsScene.enter((context) => show(context, brands()));
brandsScene.action(/^op:(\d+)$/, (context) =>
  context.scene.enter('products', { ...context.scene.state, brand: matched(context) }),
);
brandsScene.action('bk', (context) => context.scene.enter('home'));

const productsScene = new Scenes.BaseScene<BotContext>('products');
productsScene.enter((context) => show(context, products()));
productsScene.action(/^pr:(\d+)$/, (context) =>
  context.scene.enter('amounts', { ...context.scene.state, product: matched(context) }),
);
productsScene.action('bk', (context) => context.scene.enter('brands', context.scene.state));

const amountsScene = new Scenes.BaseScene<BotContext>('amounts');
amountsScene.enter((context) => show(context, amounts()));
amountsScene.action(/^am:(\d+)$/, (context) =>
  context.scene.enter('price', { ...context.scene.state, amount: Number(matched(context)) }),
);
amountsScene.action('bk', (context) => context.scene.enter('products', context.scene.state));

const priceScene = new Scenes.BaseScene<BotContext>('price');
priceScene.enter(async (context) => {
  const { product = '', amount = 0 } = context.scene.state as Partial<PlainSession>;
  const { totalAmountX100: sends, destinationAmountX100: receives } = await fetchPrice(plan.supplier, product, amount);
  await show(context, price(sends, receives, new Date(Date.now() + HELD)));
});
priceScene.action('bk', (context) => context.scene.enter('amounts', context.scene.state));

const scenes = [homeScene, brandsScene, productsScene, amountsScene, priceScene];
for (const scene of scenes) scene.action('ca', (context) => context.scene.enter('home'));
const stage = new Scenes.Stage<BotContext>(scenes);
stage.start((context) => context.scene.enter('home'));

bot.use(session({ store }));
bot.use(stage.middleware());
const handle = bot.webhookCallback(plan.path, { secretToken: plan.secret });
const server = createServer((request, response) => void handle(request, response));
server.listen(plan.port, '127.0.0.1', () => void bot.telegram.setWebhook('https://bot.example'));
