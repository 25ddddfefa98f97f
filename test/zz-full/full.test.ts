// temporary
import { it, expect } from 'vitest';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { openInstallation, settingsOf } from '../documents/installation.ts';
import { openPriceCard, confirm, receiveCode } from '../e2e/buy.ts';
import { setTimeout as wait } from 'node:timers/promises';
it('full', async () => {
  const place = await openInstallation();
  await place.configure({ ...settingsOf(place.sandbox), CATALOG_FILE: 'catalog.example.json', DATABASE_FILE: '/tmp/h/G/small/ledger.sqlite' });
  const bot = await place.start('npm start', '"msg":"running"');
  const ana = place.sandbox.telegram.customer(1001);
  await openPriceCard(ana);
  // a sale whose answer comes after the disk has filled up
  place.sandbox.evsb.control.planFaults({ kind: 'serverGoesOn', ms: 3000, match: { endpoint: 'voucherPurchase' } });
  await confirm(ana);
  await wait(1200);
  try { execFileSync('dd', ['if=/dev/zero', 'of=/tmp/h/G/small/fill', 'bs=1k'], { stdio: 'ignore' }); } catch {}
  console.log('DF', execFileSync('df', ['/tmp/h/G/small']).toString());
  await wait(6000);
  const ben = place.sandbox.telegram.customer(1002);
  ben.sendText('/start');
  await wait(2000);
  const mark = bot.output().length;
  console.log('SALES', place.sandbox.evsb.books.honoured.length);
  console.log('LOG', [...bot.output().matchAll(/"level":"(?:error|warn)".*/g)].map((m) => m[0].replace(/"stack":"[^"]*"/g, '').slice(0, 260)).slice(0, 14).join('\n'));
  console.log('BEN', ben.messages().map((m) => m.text).join(' | ').slice(0, 300));
  rmSync('/tmp/h/G/small/fill');
  const code = await receiveCode(ana);
  console.log('CODE', code, place.sandbox.evsb.books.honoured[0]?.code);
  console.log('AFTER', bot.output().slice(mark).slice(0, 600));
  await bot.stop();
  await place.close();
  expect(1).toBe(1);
}, 90_000);
