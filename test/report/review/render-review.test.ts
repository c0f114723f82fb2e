import { expect, test } from 'vitest';
import { renderReview } from '../../../src/report/review/render-review.ts';
import { reviewedSale } from '../../../src/report/review/reviewed-sale.ts';
import { reviewedPlan } from '../../support/web/reviewed-plan.ts';

const reviewed = reviewedSale(reviewedPlan());
if (reviewed === undefined) throw new Error('no review');

test('a plan without a review has no report', () => {
  const { status, ...plan } = reviewedPlan();
  expect(reviewedSale({ ...plan, status: { ...status, review: undefined } })).toBeUndefined();
});

test('Markdown has the tables of the terminal, numbers to the right, and what to state next time', () => {
  const text = renderReview(reviewed, 'md');
  expect(text).toMatch(
    /^# drop: forecast against actual\n\nmarketplace · Friday, 27 November 2026, 19:00 to 21:00 UTC\n/,
  );
  expect(text).toContain('- Next time: expectedPeakPercent: 420');
  expect(text).toContain(
    '| Target | WAPE | Bias | Peak | Within P50 | Within P95 |\n| --- | ---: | ---: | ---: | ---: | ---: |',
  );
  expect(text).toMatch(/\| gateway \| 12 % \| \+3 % \| -4 % \| - \| 98 % \|/);
});

test('what somebody wrote stays text in Markdown, and in HTML', () => {
  const [first] = reviewed.review.targets;
  if (first === undefined) throw new Error('no target');
  const written = '**<script>alert(1)</script>** | [x](javascript:1)\n# head';
  const targets = [{ ...first, learned: [written] }];
  const told = { ...reviewed, review: { ...reviewed.review, targets } };
  expect(renderReview(told, 'md')).toContain(
    'gateway: \\*\\*\\<script\\>alert(1)\\</script\\>\\*\\* \\| \\[x\\](javascript:1) \\# head\n',
  );
  expect(renderReview(told, 'html')).not.toContain('<script');
});

test('JSON is the review as the SalePlan has it', () => {
  expect(JSON.parse(renderReview(reviewed, 'json'))).toEqual(reviewed.review);
});

test('HTML is one file with its style and its charts, and nothing to download', () => {
  const page = renderReview(reviewed, 'html');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain('<title>drop: forecast against actual</title>');
  expect(page).toContain('@media print');
  expect(page.match(/<svg /g)).toHaveLength(6);
  expect(page).not.toMatch(/<link|<script|src=|href=/);
});

test('of more than eight services the first eight are drawn, and how many are not is said', () => {
  const [service] = reviewed.services;
  if (service === undefined) throw new Error('no service');
  const services = Array.from({ length: 11 }, (_, index) => ({ ...service, target: `service-${index}` }));
  const page = renderReview({ ...reviewed, services }, 'html');
  expect(page).toContain('Demand of service-7');
  expect(page).not.toContain('Demand of service-8');
  expect(page).toContain('The charts of 3 more services are left out.');
});
