// The owner's file of a campaign: the example's products at prices that differ by role, and limits that a busy customer meets.
import { readFile } from 'node:fs/promises';
import { parseCatalogFile } from '../../src/adapters/codec/catalog-file.ts';
import type { LimitRule } from '../../src/domain/daily-limit.ts';

export type CampaignCatalog = {
  readonly text: string;
  readonly limits: readonly LimitRule[];
  /** What agents get of the price, in hundredths of a percent. */
  readonly commission: number;
};

const MARGINS = [
  { role: 'customer', percent: '5', roundUpTo: '0.10' },
  { role: 'agent', percent: '3', commission: '2.5' },
];
const LIMITS = [{ role: 'customer', perDay: { count: 4, amount: { EUR: '150.00', USD: '120.00' } } }];

export const campaignCatalog = async (): Promise<CampaignCatalog> => {
  const example: unknown = JSON.parse(await readFile('catalog.example.json', 'utf8'));
  if (typeof example !== 'object' || example === null) throw new Error('The example is no catalogue file');
  const text = JSON.stringify({ ...example, margins: MARGINS, limits: LIMITS });
  const file = parseCatalogFile(text);
  if (!file.ok) throw new Error(file.error.join('\n'));
  return { text, limits: file.value.limits, commission: 250 };
};
