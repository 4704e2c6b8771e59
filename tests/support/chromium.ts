import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const paths = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium on this machine, or null: suites in a browser are skipped then. */
export const chromiumPath: string | null = paths.find((path) => path !== '' && existsSync(path)) ?? null;

/** Starts the Chromium of this machine. It has no sandbox where the tests run as root, as in containers. */
export function startChromium(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('There is no Chromium on this machine.');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: chromiumPath, args });
}
