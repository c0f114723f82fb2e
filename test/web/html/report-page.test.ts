import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/html.ts';
import { renderReview, reviewContent } from '../../../src/report/review/render-review.ts';
import { reviewedSale } from '../../../src/report/review/reviewed-sale.ts';
import { operatorPage } from '../../../src/web/html/operator-page.ts';
import { reportPage } from '../../../src/web/html/report-page.ts';
import { salePage } from '../../../src/web/html/sale-page.ts';
import { operatorView } from '../../../src/web/views/operator-view.ts';
import { saleView } from '../../../src/web/views/sale-view.ts';
import { eveningShop } from '../../support/web/evening-shop.ts';
import { openPage } from '../../support/web/open-page.ts';
import { reviewedPlan, reviewedShop } from '../../support/web/reviewed-plan.ts';

const source = eveningShop();
const [namespace = ''] = source.namespaces();
const view = saleView(source, { namespace, name: 'drop' });
if (view === undefined) throw new Error('there is no drop');
test.each(['md', 'json', 'html'] as const)(
  'the page sends the report as %s as the command `report` writes it',
  async form => {
    const page = await openPage(reviewedShop());
    const { body, headers } = await page.server.inject({ url: `/reports/marketplace/drop-20261127-1900.${form}` });
    await page.close();
    const reviewed = reviewedSale(reviewedPlan());
    expect(body).toBe(reviewed && renderReview(reviewed, form));
    expect(headers['content-type']).toContain(
      { md: 'text/markdown', json: 'application/json', html: 'text/html' }[form],
    );
  },
);

test('the report as a page has the same content, and links to its files', async () => {
  const page = await openPage(reviewedShop());
  const { body } = await page.server.inject({ url: '/reports/marketplace/drop' });
  await page.close();
  const reviewed = reviewedSale(reviewedPlan());
  expect(body).toContain(html`${reviewed && reviewContent(reviewed)}`.text);
  expect(body).toContain('href="/reports/marketplace/drop-20261127-1900.md"');
});

test('a sale that is not over has no report yet, and says when', () => {
  expect(html`${reportPage(view, undefined)}`.text).toContain('There is no report yet');
});

test('a sale shows its changes, what was approved, and the earlier ones', () => {
  const past = [
    {
      salePlan: 'drop-1',
      start: view.start - 86_400_000,
      suggestedPercent: 400,
      minutes: [0, 1, 2],
      demand: [1, 5, 3],
    },
  ];
  const edits = [{ acceptedAt: view.start, startTime: 'a', endTime: 'b', statedPercent: 500 }];
  const { text } = html`${salePage({ ...view, past, edits, approval: 'Approved', approvedBy: 'anna' }, {})}`;
  expect(text).toMatch(/Approved by anna[\s\S]*Earlier sales[\s\S]*drop-1[\s\S]*Changes[\s\S]*5×/);
});

test.each([
  [{ leading: false }, 'Another replica leads'],
  [{ dryRun: true }, 'nothing (dry run)'],
  [{ restMs: 5000 }, 'rest 5 s'],
  [{ sources: [] }, 'The settings have no metric source'],
])('the operator says %o', (facts, told) => {
  const caches = [
    { kind: 'FlashSale', namespace, objects: 2, ageMs: 5000, synced: false, lastFailure: 'refused' },
  ] as never;
  const given = { ...source, replica: { ...source.replica, ...facts }, caches: () => caches };
  const { text } = html`${operatorPage(operatorView(given, [namespace]))}`;
  expect(text).toContain(told);
  expect(text).toContain('not read yet: refused');
});
