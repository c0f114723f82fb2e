import { describe, expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import type { Given, GivenTarget } from '../../../support/shop/planned-namespace.ts';

const sale = {
  name: 'drop',
  startTime: '2026-11-27T20:00:00+01:00',
  endTime: '2026-11-27T22:00:00+01:00',
  timeZone: 'Europe/Berlin',
  expectedPeakPercent: 600,
};
const recent = (value: number) => ({ recent: { start: 0, stepSeconds: 60, values: [value, -1, null, value, value] } });
const live = (readyReplicas: number) => ({ uid: 'w1', replicas: readyReplicas, readyReplicas });

describe('a number that cannot be meant is a risk of the sale', () => {
  test.each<readonly [string, GivenTarget, RegExp]>([
    [
      'a need of many times the ceiling',
      { forecast: 1000, spec: { ceiling: 160 } },
      /^gateway: 7200 requests\/s at 10 per replica need 720 replicas, 4\.5 times the 160 that its ceiling allows\. Check capacityPerReplica and the unit of demand\.query, or raise the limit\.$/,
    ],
    [
      'no demand at all',
      { forecast: 0 },
      /^gateway: the forecast is 0 requests\/s at its highest\. Check that demand\.query/,
    ],
    [
      'load that its replicas could not serve',
      { demand: recent(200), workload: live(4), spec: { baseline: { minReplicas: 4, maxReplicas: 100 } } },
      /^gateway: its ordinary 200 requests\/s at 10 per replica take 20 replicas, and 4 serve it\. Check capacityPerReplica/,
    ],
    [
      'load beyond what the HPA may run, where the replicas are not known',
      { demand: recent(400), workload: { ...live(4), uid: '' } },
      /^gateway: its ordinary 400 requests\/s at 10 per replica take 40 replicas, and the HPA may run 20\./,
    ],
    [
      'ten times as many replicas as the load takes',
      { demand: recent(9), workload: live(10) },
      /^gateway: its ordinary 9 requests\/s at 10 per replica take 1 replicas, and 10 serve it\./,
    ],
    [
      'a history with many values left out',
      { notes: [{ kind: 'LeftOut', message: '500 negative values left out', share: 0.0124 }] },
      /^gateway: history: 500 negative values left out\. Check what demand\.query gives/,
    ],
    [
      'a jump of the newest value',
      { notes: [{ kind: 'Kept', message: 'the newest value is 60 times the ones before', share: 0.00002 }] },
      /^gateway: history: the newest value is 60 times the ones before\./,
    ],
    [
      'days that follow other clocks',
      { notes: [{ kind: 'OtherClock', message: 'demand moved with the clocks of Europe/Berlin', share: 1 }] },
      /^gateway: demand moved with the clocks of Europe\/Berlin, in demand\.timeZone or in demandDefaults\.timeZone/,
    ],
    [
      'no lead time',
      { leadTimeSeconds: 0 },
      /^gateway: the stated lead time is 0 s, so bounds are raised too late .* leadTimeSeconds/,
    ],
    [
      'a lead time of a day',
      { leadTimeSeconds: 86_400 },
      /^gateway: the stated lead time is 1 d, so bounds are raised that long before/,
    ],
    [
      'headroom as a multiple',
      { spec: { headroomPercent: 1000 } },
      /^gateway: headroomPercent 1,000 plans for 11 times the forecast\. 15 means/,
    ],
    [
      'calls in another unit',
      { spec: { calls: [{ target: 'search', perThousandRequests: 2_000_000 }] } },
      /^gateway: perThousandRequests 2,000,000 is 2,000 calls of search per request\. 2000 means two\.$/,
    ],
  ])('%s', (_, target, sentence) => {
    expect(risksOf(target)).toContainEqual(expect.stringMatching(sentence));
  });

  test('steps of an hour', () => {
    const target = { pastSales: 3, adds: { drop: 60 }, spec: { demand: { query: 'up', stepSeconds: 3600 } } };
    expect(risksOf(target, { ...sale, endTime: '2026-11-27T21:00:00+01:00' })).toEqual([
      expect.stringMatching(
        /^gateway: steps of 1 h hide the first minutes of the sale\. Its highest step is 2\.5 times an ordinary one on average; planned for a minute of 3\.\d times, by the usual shape of a sale\. Give demand by the minute \(demand\.stepSeconds: 60\)\.$/,
      ),
    ]);
  });

  test.each([
    [100, 'expectedPeakPercent 100 is no more than an ordinary minute. 800 means eight times.'],
    [100_000, 'expectedPeakPercent 100,000 is 1,000 times an ordinary minute. 800 means eight times.'],
  ])('a stated peak of %s %%', (expectedPeakPercent, sentence) => {
    expect(risksOf({}, { ...sale, expectedPeakPercent })).toContain(sentence);
  });
});

test.each<readonly [string, GivenTarget]>([
  ['an ordinary target', {}],
  ['a need of twice the ceiling, which the limit tells', { forecast: 400, demand: recent(30), spec: { ceiling: 160 } }],
  ['load that fits its replicas', { demand: recent(35), workload: live(4) }],
  [
    'many replicas while a raise holds',
    { demand: recent(1), workload: live(100), hpa: { minReplicas: 100, floor: 100 } },
  ],
  ['a baseline that is generous', { demand: recent(1), workload: live(4) }],
  [
    'one value left out in a month',
    { notes: [{ kind: 'LeftOut', message: '1 negative value left out', share: 0.00002 }] },
  ],
  ['steps of a minute', { pastSales: 3, adds: { drop: 50 } }],
  [
    'steps of an hour, after what its callers bring',
    { spec: { demand: { query: 'up', stepSeconds: 3600 } }, adds: { drop: 0 } },
  ],
  ['a lead time of an hour', { leadTimeSeconds: 3600 }],
])('%s is no such risk', (_, target) => {
  expect(risksOf(target).filter(risk => !risk.includes('its ceiling allows'))).toEqual([]);
});

test('a value left out is told beside the forecast that was made without it', () => {
  const { plan } = planOf(
    given({ notes: [{ kind: 'LeftOut', message: '1 negative value left out', share: 0.00002 }] }),
  );
  const [forecast] = plan.sales[0]?.targets[0]?.because ?? [];
  expect(forecast?.message).toMatch(/requests\/s \(history: 1 negative value left out\)$/);
});

test('what is measured in hours is compared with means of hours, and planned by minutes', () => {
  const during = {
    ...given({ pastSales: 3, spec: { demand: { query: 'up', stepSeconds: 3600 } } }),
    now: '2026-11-27T20:00:00Z',
  };
  const { plan } = planOf(during);
  const peak = plan.sales[0]?.targets[0]?.peak.quantiles.find(({ level }) => level === 0.5)?.requestsPerSecond ?? 0;
  const expected = plan.targets[0]?.expected?.forecast ?? 0;
  expect(expected).toBeGreaterThan(0);
  expect(peak).toBeGreaterThan(1.3 * expected);
});

function given(target: GivenTarget, announced: typeof sale = sale): Given {
  const spec = { entryPoint: true, ...target.spec };
  return { now: '2026-11-27T12:00:00Z', sales: [announced], targets: { gateway: { ...target, spec } } };
}

function risksOf(target: GivenTarget, announced: typeof sale = sale): readonly string[] {
  return planOf(given(target, announced)).plan.sales[0]?.risks ?? [];
}
