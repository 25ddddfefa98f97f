// The framework that takes the updates. The one that is not chosen is not loaded: it would cost time at the start, and memory.
import type { Framework, FrameworkName, FrameworkOptions } from './adapters/telegram/framework.ts';
import { assertNever } from './domain/result.ts';

export const openFramework = async (name: FrameworkName, options: FrameworkOptions): Promise<Framework> => {
  switch (name) {
    case 'grammy':
      return (await import('./adapters/telegram/grammy.ts')).createGrammyBot(options);
    case 'telegraf':
      return (await import('./adapters/telegram/telegraf.ts')).createTelegrafBot(options);
    default:
      return assertNever(name);
  }
};
