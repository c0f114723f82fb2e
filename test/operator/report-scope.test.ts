import { expect, test } from 'vitest';
import { reportScope } from '../../src/operator/report-scope.ts';

const all = { createsSalePlans: true, revisesSalePlans: true, tellsSales: true, readsTargets: false };

test.each([
  ['nothing', [], {}],
  ['SalePlans', ['SalePlan'], { createsSalePlans: false }],
  ['FlashSales', ['FlashSale'], { revisesSalePlans: false }],
  ['HPAs', ['HorizontalPodAutoscaler'], { revisesSalePlans: false }],
  ['ScalingPolicies', ['ScalingPolicy'], { revisesSalePlans: false }],
  ['ScalingTargets', ['ScalingTarget'], { revisesSalePlans: false, tellsSales: false, readsTargets: true }],
  ['Deployments', ['Deployment'], {}],
] as const)('while %s were never read, no more is told than is known', (_, kinds, but) => {
  const doubts = kinds.map(kind => ({ kind, state: 'Unread' as const }));
  expect(reportScope({ doubts })).toEqual({ ...all, ...but });
});

test('a stale cache restricts nothing, but targets are read again before they are raised', () => {
  const doubts = ['FlashSale', 'SalePlan', 'HorizontalPodAutoscaler'].map(kind => ({ kind, state: 'Stale' as const }));
  expect(reportScope({ doubts })).toEqual(all);
  expect(reportScope({ doubts: [{ kind: 'ScalingTarget', state: 'Stale' }] })).toEqual({ ...all, readsTargets: true });
});
