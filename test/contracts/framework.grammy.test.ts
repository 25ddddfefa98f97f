import { createGrammyBot } from '../../src/adapters/telegram/grammy.ts';
import { describeBotOn } from './framework-bot.contract.ts';
import { describeFrameworkCalls } from './framework-calls.contract.ts';
import { describeEndOn } from './framework-end.contract.ts';
import { describeFramework } from './framework.contract.ts';

describeFramework('grammY', createGrammyBot);
describeFrameworkCalls('grammY', createGrammyBot);
describeBotOn('grammy');
describeEndOn('grammy');
