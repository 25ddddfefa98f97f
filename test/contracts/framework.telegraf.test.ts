import { createTelegrafBot } from '../../src/adapters/telegram/telegraf.ts';
import { describeBotOn } from './framework-bot.contract.ts';
import { describeFrameworkCalls } from './framework-calls.contract.ts';
import { describeEndOn } from './framework-end.contract.ts';
import { describeFramework } from './framework.contract.ts';

describeFramework('Telegraf', createTelegrafBot);
describeFrameworkCalls('Telegraf', createTelegrafBot);
describeBotOn('telegraf');
describeEndOn('telegraf');
