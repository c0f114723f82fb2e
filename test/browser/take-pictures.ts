import path from 'node:path';
import { chromium } from 'playwright-core';
import { startPage } from '../../src/web/server/start-page.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';
import { executablePath } from '../support/web/chromium.ts';
import { eveningShop } from '../support/web/evening-shop.ts';

/** Takes the pictures of the page that its documentation shows: `node test/browser/take-pictures.ts`. */
if (executablePath === undefined) throw new Error('no Chromium: apt-get install chromium, or name one in CHROMIUM');
const source = eveningShop();
const [namespace = ''] = source.namespaces();
const { connection } = scriptedContext(() => ({}));
const clock = { now: () => source.now(), monotonicMs: () => 0, sleep: async () => {} };
const served = await startPage({
  address: '127.0.0.1:0',
  settings: {},
  source,
  connection,
  clock,
});
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const views = [
  ['calendar', '', 1200, 'light'],
  ['sale', `sales/${namespace}/drop`, 1200, 'light'],
  ['sale-phone', `sales/${namespace}/drop`, 390, 'dark'],
  ['service', `services/${namespace}/gateway`, 1200, 'light'],
] as const;
for (const [name, view, width, colorScheme] of views) {
  const context = await browser.newContext({ viewport: { width, height: 760 }, colorScheme });
  const page = await context.newPage();
  await page.goto(served.url + view, { waitUntil: 'load' });
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(import.meta.dirname, `../../docs/images/page-${name}.png`) });
  await context.close();
}
await browser.close();
await served.close();
