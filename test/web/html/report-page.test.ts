import { expect, test } from 'vitest';
import { html } from '../../../src/web/html/html.ts';
import { operatorPage } from '../../../src/web/html/operator-page.ts';
import { reportMarkdown, reportPage } from '../../../src/web/html/report-page.ts';
import { salePage } from '../../../src/web/html/sale-page.ts';
import { selfContained } from '../../../src/web/html/self-contained.ts';
import { operatorView } from '../../../src/web/views/operator-view.ts';
import { saleView } from '../../../src/web/views/sale-view.ts';
import { eveningShop } from '../../support/web/evening-shop.ts';

const source = eveningShop();
const [namespace = ''] = source.namespaces();
const view = saleView(source, { namespace, name: 'drop' });
if (view === undefined) throw new Error('there is no drop');
const one = {
  target: 'gateway',
  wapePercent: 12,
  biasPercent: 3,
  peakErrorPercent: -4,
  coveragePercent: 98,
  secondsToReady: 66,
  replicaHoursOver: 2,
  replicaHoursUnder: 0,
  minutesAtCeiling: 1,
  minutesShort: 0,
  minutesShortWithoutPrescale: 7,
};
const reviewed = { ...view, review: { reviewedAt: '2026-11-27T21:10:00Z', targets: [one], suggestedPeakPercent: 420 } };

test('a report shows forecast against actual, and what to state next time', () => {
  const { text } = html`${reportPage(reviewed)}`;
  expect(text).toMatch(/gateway<\/th>.*12 %.*\+3 %.*-4 %.*98 %.*1 min 6 s/);
  expect(text).toContain('expectedPeakPercent: 420');
  expect(reportMarkdown(reviewed, 'REPORT')).toContain('Next time: `expectedPeakPercent: 420`');
  expect(selfContained('drop', reportPage(reviewed))).not.toContain('<script');
});

test('a sale that is not over has no report yet, and says when', () => {
  expect(html`${reportPage(view)}`.text).toContain('There is no report yet');
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
