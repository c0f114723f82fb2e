import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageSource } from '../../src/web/page-source.ts';
import { type RunningPage, startPage } from '../../src/web/server/start-page.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';
import { brokenWords, runAxe } from '../support/web/browser-checks.ts';
import { executablePath } from '../support/web/chromium.ts';
import { eveningShop } from '../support/web/evening-shop.ts';
import { pageSourceWith } from '../support/web/page-shop.ts';
import { reviewedShop } from '../support/web/reviewed-plan.ts';
import { xssPayloads } from '../support/web/xss-payloads.ts';

/** Serves a page on a free port of loopback. */
function serve(source: PageSource): Promise<RunningPage> {
  const { connection } = scriptedContext(() => ({}));
  const clock = { now: () => source.now(), monotonicMs: () => 0, sleep: async () => {} };
  return startPage({ address: '127.0.0.1:0', settings: {}, source, connection, clock });
}

describe.skipIf(executablePath === undefined)('the page in Chromium (left out without /usr/bin/chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox'],
    });
  });
  afterAll(() => browser?.close());

  /** Opens a page, and collects what the console and the security policy complain of. */
  async function open(options: { readonly width?: number; readonly colorScheme?: 'light' | 'dark' } = {}) {
    const { width = 1440, colorScheme = 'light' } = options;
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(error.message));
    return { page, complaints, close: () => context.close() };
  }

  describe.each([
    ['', eveningShop()],
    ['services', eveningShop()],
    ['operator', eveningShop()],
    ['sales/marketplace/drop', eveningShop()],
    ['sales/marketplace/later', eveningShop()],
    ['services/marketplace/gateway', eveningShop()],
    ['services/marketplace/checkout', eveningShop()],
    ['reports/marketplace/drop', eveningShop()],
    ['reports/marketplace/drop', reviewedShop()],
    ['nothing-here', eveningShop()],
  ])('the view /%s', (path, source) => {
    let served: RunningPage;
    beforeAll(async () => {
      served = await serve(source);
    });
    afterAll(() => served?.close());

    test.each<['light' | 'dark', number]>([
      ['light', 1440],
      ['light', 820],
      ['light', 390],
      ['dark', 1440],
      ['dark', 390],
    ])(
      'has no fault that axe finds, no complaint, fits and breaks no word of a table, %s at %d px',
      async (colorScheme, width) => {
        const { page, complaints, close } = await open({ colorScheme, width });
        await page.goto(served.url + path, { waitUntil: 'load' });
        await page.waitForTimeout(200);
        const found = await runAxe(page);
        const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        const broken = await page.evaluate<readonly string[]>(brokenWords);
        await close();
        expect(found).toEqual([]);
        expect(broken).toEqual([]);
        expect(complaints.filter(text => !text.includes('404'))).toEqual([]);
        expect(tooWide).toBeLessThanOrEqual(0);
      },
    );
  });

  describe('a view of a sale', () => {
    const source = eveningShop();
    const [namespace = ''] = source.namespaces();
    let served: RunningPage;
    beforeAll(async () => {
      served = await serve(source);
    });
    afterAll(() => served?.close());

    test('a sale’s chart zooms, and another service is a link away', async () => {
      const { page, close } = await open();
      await page.goto(`${served.url}sales/${namespace}/drop`);
      await page.waitForSelector('figure.live canvas');
      await page.click('table a:has-text("checkout")');
      await page.waitForURL(/service=checkout/);
      expect(await page.textContent('#charts')).toBe('checkout');
      await close();
    });

    test('without JavaScript the same is there, drawn', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(`${served.url}sales/${namespace}/drop`);
      expect(await page.locator('figure svg.chart').count()).toBeGreaterThan(0);
      await context.close();
    });
  });

  test('a change appears without a reload', async () => {
    let text = 'calm';
    let revision = 1;
    const source = pageSourceWith(() => text);
    const served = await serve({
      ...source,
      get replica() {
        return source.replica;
      },
      get revision() {
        return revision;
      },
    });
    const { page, close } = await open();
    await page.goto(`${served.url}operator`);
    await page.waitForFunction(`document.querySelector('#live')?.textContent === 'Live.'`);
    text = 'something-new';
    revision += 1;
    await page.waitForSelector('text=something-new', { timeout: 20_000 });
    await close();
    await served.close();
  });

  test('tabs that are not seen leave the connections of a browser to others, and catch up when they are', async () => {
    let text = 'calm';
    const source = pageSourceWith(() => text);
    const served = await serve({
      ...source,
      get replica() {
        return source.replica;
      },
    });
    const context = await browser.newContext();
    const see = (page: Page, isSeen: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${!isSeen}, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`);
    const pages: Page[] = [];
    // One more than the connections that a browser opens to a host.
    for (let tab = 0; tab < 7; tab++) {
      const page = await context.newPage();
      await page.goto(`${served.url}operator`, { timeout: 10_000 });
      await page.waitForFunction(`document.querySelector('#live')?.textContent === 'Live.'`, null, { timeout: 10_000 });
      await see(page, false);
      pages.push(page);
    }
    text = 'something-new';
    const [first] = pages;
    if (first !== undefined) {
      await see(first, true);
      await first.waitForSelector('text=something-new', { timeout: 10_000 });
    }
    await context.close();
    await served.close();
  });

  test(`none of ${xssPayloads.length} texts of people is executed`, async () => {
    let written = '';
    const source = pageSourceWith(() => written);
    const [namespace = ''] = source.namespaces();
    const served = await serve({
      ...source,
      get revision() {
        return source.revision;
      },
      get replica() {
        return source.replica;
      },
    });
    const { page, close } = await open();
    await page.addInitScript('alert = () => { globalThis.executed = 1; }');
    const executed: string[] = [];
    // Two views a text, paced below what one address may ask.
    for (const [index, payload] of xssPayloads.entries()) {
      written = payload;
      await page.goto(`${served.url}${index % 2 === 0 ? `sales/${namespace}/drop` : `services/${namespace}/gateway`}`, {
        waitUntil: 'domcontentloaded',
      });
      if (await page.evaluate<boolean>(`'executed' in globalThis`)) executed.push(payload);
      await page.waitForTimeout(150);
    }
    await close();
    await served.close();
    expect(executed).toEqual([]);
  });
});
