import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PageSettings } from '../../src/operator/settings/page-settings.ts';
import { type RunningPage, startPage } from '../../src/web/server/start-page.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';
import { executablePath } from '../support/web/chromium.ts';
import { cookieKeyFile } from '../support/web/open-page.ts';
import { reviewsFor } from '../support/web/reviews-for.ts';

const start = Date.parse('2026-11-27T18:00:00Z');
const sale = { start: start + minutes(60), end: start + minutes(80), peak: 5 };
const namespace = 'marketplace';

describe.skipIf(executablePath === undefined)('stories of the page (left out without /usr/bin/chromium)', () => {
  let browser: Browser;
  let shop: Shop;
  let served: RunningPage;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox'],
    });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await served.close();
    await shop.close();
  });

  /** A shop with one service and a sale in an hour, its operator, and a browser at the sale's view. */
  async function openStory(given: {
    readonly spec?: object;
    readonly policy?: object;
    readonly settings?: PageSettings;
  }): Promise<Page> {
    const { policy = { readyBeforeSeconds: 0 }, spec = {}, settings = {} } = given;
    shop = await openShop({ start, demand: shopDemand([sale]), policy });
    await shop.create(
      ...service('gateway', { spec }),
      flashSale('drop', sale.start, sale.end, { expectedPeakPercent: 500 }),
    );
    const operator = await shop.operator();
    await shop.moveTo(start + minutes(1));
    served = await startPage({
      address: '127.0.0.1:0',
      settings,
      source: operator.sight,
      connection: reviewsFor({ 'token-of-anna': 'anna' }, shop.connection),
      clock: { now: () => shop.clock.now(), monotonicMs: () => 0, sleep: async () => {} },
    });
    const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
    await page.goto(`${served.url}sales/${namespace}/drop`);
    return page;
  }

  /** What the first card says. */
  const verdict = (page: Page) => page.locator('.card').first().locator('.badge');
  const told = { timeout: 30_000 };

  test('an at-risk sale says what would mend it, and turns to Go once that is done', async () => {
    const page = await openStory({ spec: { ceiling: 20 } });
    await page.locator('#live', { hasText: 'Live.' }).waitFor(told);
    expect(await verdict(page).textContent()).toContain('At risk');
    expect(await page.locator('.risks').textContent()).toContain('ceiling');
    const [, needed = ''] = /Set spec\.ceiling to (\d+)/.exec((await page.locator('main').textContent()) ?? '') ?? [];
    expect(Number(needed)).toBeGreaterThan(20);

    await shop.patch(stored.targets, 'gateway', { spec: { ceiling: Number(needed) } });
    await shop.moveTo(start + minutes(2));
    await page.locator('.card .badge.notdue').waitFor(told);
    expect(await page.locator('.risks').count()).toBe(0);

    await shop.moveTo(sale.start + minutes(1));
    await page.locator('.card .badge.go').waitFor(told);
  });

  test('a sale goes live under the eyes of who looks, and its report is printed afterwards', async () => {
    const page = await openStory({});
    await page.locator('#live', { hasText: 'Live.' }).waitFor(told);
    expect(await page.locator('.cards').textContent()).toContain('T-minus');

    await shop.moveTo(sale.start + minutes(3));
    await page.locator('.cards', { hasText: 'runs, ends in' }).waitFor(told);
    const hasPeak = `JSON.parse(document.querySelector('figure[data-chart]').dataset.chart).lines
      .some(({ label, values }) => label === 'actual demand' && values.some(value => value > 300))`;
    await vi.waitUntil(() => page.evaluate<boolean>(hasPeak), told);
    expect(await page.locator('table', { hasText: 'Services of the sale' }).textContent()).toMatch(/gateway/);

    await shop.moveTo(sale.end + minutes(20));
    await page.goto(`${served.url}reports/${namespace}/drop`);
    expect(await page.locator('h1').textContent()).toBe('drop: forecast against actual');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.top').isVisible()).toBe(false);
    expect(await page.locator('figure .medium svg').first().isVisible()).toBe(true);
    const folder = path.join(import.meta.dirname, '../../dist/browser');
    mkdirSync(folder, { recursive: true });
    const pdf = await page.pdf({ format: 'A4', path: path.join(folder, 'report.pdf') });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(1);
    expect(pages).toBeLessThanOrEqual(4);
  });

  test('who may approve logs in, sees what is raised, and approves with one click', async () => {
    const policy = { readyBeforeSeconds: 0, approval: { abovePeakPercent: 300 } };
    const page = await openStory({ policy, settings: { cookieKeyFile: cookieKeyFile() } });
    expect(new URL(page.url()).pathname).toBe('/login');
    await page.fill('input[name=token]', 'token-of-anna');
    await page.click('form.login button');
    await page.waitForURL(/\/sales\//);
    expect(await page.locator('.approval').textContent()).toContain('What an approval raises');

    const [answer] = await Promise.all([
      page.waitForResponse(response => response.url().endsWith('/approve')),
      page.click('.approval button.primary'),
    ]);
    expect(answer.status()).toBe(303);
    await shop.moveTo(start + minutes(2));
    await page.reload();
    // The embedded cluster has no admission policies, without which no approval counts: the plan waits on.
    const [approved] = shop.salePlans().flatMap(({ spec }) => spec.approval?.upTo ?? []);
    expect(approved).toMatchObject({ target: 'gateway' });
    const raised = await page.locator('.approval tbody').textContent();
    expect(raised).toMatch(new RegExp(`^gateway\\d+\\.\\.${approved?.maxReplicas}${approved?.maxReplicas}$`));
  });
});
