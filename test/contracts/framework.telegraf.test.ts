import { createTelegrafBot } from '../../src/adapters/telegram/telegraf.ts';
import { describeBotOn } from './framework-bot.contract.ts';
import { describeFramework } from './framework.contract.ts';

describeFramework('Telegraf', createTelegrafBot);
describeBotOn('telegraf');
