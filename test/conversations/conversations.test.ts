// Every story in every language, compared with its golden transcript; `vitest run test/conversations -u` writes them anew.
import { describe, expect, it } from 'vitest';
import { playStory } from './play.ts';
import { badInput } from './stories/bad-input.ts';
import { browsing } from './stories/browsing.ts';
import { buying } from './stories/buying.ts';
import { dynamic } from './stories/dynamic.ts';
import { prices } from './stories/prices.ts';
import { staleButtons } from './stories/stale-buttons.ts';
import { supplier } from './stories/supplier.ts';

const stories = [...buying, ...browsing, ...prices, ...dynamic, ...supplier, ...staleButtons, ...badInput];

describe.each(['en', 'es'] as const)('conversations in %s', (language) => {
  it.each(stories)('$name', async (story) => {
    const transcript = await playStory(story, language);
    await expect(transcript).toMatchFileSnapshot(`golden/${story.name}.${language}.txt`);
  });
});
