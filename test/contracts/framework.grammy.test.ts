import { createGrammyBot } from '../../src/adapters/telegram/grammy.ts';
import { describeBotOn } from './framework-bot.contract.ts';
import { describeFramework } from './framework.contract.ts';

describeFramework('grammY', createGrammyBot);
describeBotOn('grammy');
