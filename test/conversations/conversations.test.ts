// Every story in every language, compared with its golden transcript; `vitest run test/conversations -u` writes them anew.
import { describe, expect, it } from 'vitest';
import { playStory } from './play.ts';
import { administration } from './stories/administration.ts';
import { agents } from './stories/agents.ts';
import { badInput } from './stories/bad-input.ts';
import { batches } from './stories/batches.ts';
import { bills } from './stories/bills.ts';
import { browsing } from './stories/browsing.ts';
import { buying } from './stories/buying.ts';
import { dynamic } from './stories/dynamic.ts';
import { keepsakes } from './stories/keepsakes.ts';
import { prices } from './stories/prices.ts';
import { retail } from './stories/retail.ts';
import { staleButtons } from './stories/stale-buttons.ts';
import { supermarkets } from './stories/supermarkets.ts';
import { supplier } from './stories/supplier.ts';
import { topUps } from './stories/top-ups.ts';

const stories = [
  ...administration,
  ...agents,
  ...buying,
  ...browsing,
  ...prices,
  ...retail,
  ...dynamic,
  ...supplier,
  ...staleButtons,
  ...badInput,
  ...keepsakes,
  ...topUps,
  ...supermarkets,
  ...bills,
  ...batches,
];

describe.each(['en', 'es'] as const)('conversations in %s', (language) => {
  it.each(stories)('$name', async (story) => {
    const transcript = await playStory(story, language);
    await expect(transcript).toMatchFileSnapshot(`golden/${story.name}.${language}.txt`);
  });
});
