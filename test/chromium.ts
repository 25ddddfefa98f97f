// The browser that the tests of the chat page share: Debian's Chromium, without a window.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { skipLoudly } from './skip-loudly.ts';

const executablePath = '/usr/bin/chromium';

/** The tests that need the browser are skipped without it, loudly. */
export const hasChromium = existsSync(executablePath);
if (!hasChromium) skipLoudly(executablePath);

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath, args });
