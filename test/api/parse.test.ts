import { describe, expect, test } from 'vitest';
import { ParseError } from '../../src/api/faults/parse-error.ts';
import { parseFlashSale } from '../../src/api/flash-sale.ts';
import { parseSalePlan } from '../../src/api/sale-plan.ts';
import { parseScalingPolicy } from '../../src/api/scaling-policy.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { flashSale, salePlan, scalingPolicy, scalingTarget } from '../support/shop/kinds.ts';

describe('parseFlashSale', () => {
  test('fills in what the schema defaults', () => {
    const { spec } = parseFlashSale(flashSale({}));
    expect(spec).toMatchObject({ timeZone: 'UTC', cancelled: false });
  });

  test.each([
    [
      'an end before the start',
      { endTime: '2026-11-27T19:00:00+01:00' },
      'spec.endTime: must be after startTime 2026-11-27T20:00:00+01:00, got 2026-11-27T19:00:00+01:00',
    ],
    [
      'an end at the start, in another offset',
      { endTime: '2026-11-27T19:00:00Z' },
      'spec.endTime: must be after startTime 2026-11-27T20:00:00+01:00, got 2026-11-27T19:00:00Z',
    ],
    [
      'a sale of a year',
      { endTime: '2027-11-27T20:00:00+01:00' },
      'spec.endTime: must be at most 92 days after startTime, got "2027-11-27T20:00:00+01:00"',
    ],
    [
      'an offset that disagrees with its zone',
      { timeZone: 'America/New_York' },
      'spec.startTime: must have the offset of timeZone America/New_York, -05:00, got 2026-11-27T20:00:00+01:00; write 2026-11-27T20:00:00-05:00; spec.endTime: must have the offset of timeZone America/New_York, -05:00, got 2026-11-27T22:00:00+01:00; write 2026-11-27T22:00:00-05:00',
    ],
    [
      'an unknown zone',
      { timeZone: 'Europe/Berln' },
      'spec.timeZone: must be a zone of the IANA database, as Europe/Berlin, got "Europe/Berln"; did you mean Europe/Berlin?',
    ],
    [
      'an instant without offset',
      { startTime: '2026-11-27T20:00:00', timeZone: 'Europe/Berlin' },
      'spec.startTime: must be an instant with its offset, as 2026-11-27T20:00:00+01:00, got "2026-11-27T20:00:00"; write 2026-11-27T20:00:00+01:00',
    ],
    [
      'a day that does not exist',
      { startTime: '2026-02-30T20:00:00Z' },
      'spec.startTime: must be an instant that exists, got "2026-02-30T20:00:00Z"',
    ],
    ['10⁹ %', { expectedPeakPercent: 1e9 }, 'spec.expectedPeakPercent: must be at most 100000, got 1000000000'],
    [
      'a peak below an ordinary minute',
      { expectedPeakPercent: 80 },
      'spec.expectedPeakPercent: must be at least 100, got 80; 80 times an ordinary minute is 8000, 80 % more than one is 180',
    ],
    ['an entry point twice', { entryPoints: ['gateway', 'gateway'] }, 'spec.entryPoints: must not name a target twice'],
    [
      'an unknown field',
      { expectedPeekPercent: 800 },
      'spec.expectedPeekPercent: is not a field; did you mean expectedPeakPercent?',
    ],
  ])('refuses %s, naming the field', (_title, spec, message) => {
    expect(sentenceOf(() => parseFlashSale(flashSale(spec)))).toBe(`FlashSale marketplace/sneaker-drop: ${message}`);
  });

  test.each([
    ['nothing', undefined, 'FlashSale: is missing'],
    ['a list', [], 'FlashSale: must be a map, got []'],
    ['metadata that is a word', { ...flashSale({}), metadata: 'x' }, 'FlashSale: metadata: must be a map, got "x"'],
  ])('refuses %s without falling over', (_title, value, message) => {
    expect(sentenceOf(() => parseFlashSale(value))).toBe(message);
  });
});

describe('parseScalingTarget', () => {
  test('keeps a quantity as text, whether it was quoted or not', () => {
    expect(parseScalingTarget(scalingTarget({ capacityPerReplica: 45 })).spec.capacityPerReplica).toBe('45');
    expect(parseScalingTarget(scalingTarget({ capacityPerReplica: '4500m' })).spec.capacityPerReplica).toBe('4500m');
  });

  test.each([
    ['capacity 0', { capacityPerReplica: '0' }, 'spec.capacityPerReplica: must be above 0, got "0"'],
    [
      'capacity in words',
      { capacityPerReplica: 'much' },
      'spec.capacityPerReplica: must be a quantity, as "45", "4.5" or "4500m", got "much"',
    ],
    [
      'a baseline upside down',
      { baseline: { minReplicas: 9, maxReplicas: 4 } },
      'spec.baseline: minReplicas must be at most maxReplicas',
    ],
    [
      'a history of more samples than are kept',
      { demand: { query: 'up', stepSeconds: 15, historyDays: 32 } },
      'spec.demand.historyDays: must have at most 180000 samples of stepSeconds each',
    ],
    ['a ceiling below the baseline', { ceiling: 10 }, 'spec.ceiling: must be at least baseline.maxReplicas 20, got 10'],
    [
      'a call to itself',
      { calls: [{ target: 'checkout', perThousandRequests: 1 }] },
      'spec.calls: must not name the target itself',
    ],
    [
      'a use of a limit by both units',
      { uses: [{ limit: 'db', perReplica: 1, perThousandRequests: 1 }] },
      'spec.uses[0]: must state perReplica or perThousandRequests, and not both',
    ],
    [
      'a use of a limit by none',
      { uses: [{ limit: 'db' }] },
      'spec.uses[0]: must state perReplica or perThousandRequests, and not both',
    ],
    [
      'a call named twice',
      {
        calls: [
          { target: 'a', perThousandRequests: 1 },
          { target: 'a', perThousandRequests: 2 },
        ],
      },
      'spec.calls: must not name a target twice',
    ],
    [
      'an address for a source',
      { demand: { source: 'http://evil', query: 'up' } },
      'spec.demand.source: must be the name of a source in the operator\'s settings, got "http://evil"',
    ],
    ['no workload', { workloadRef: undefined }, 'spec.workloadRef: is missing'],
  ])('refuses %s, naming the field', (_title, spec, message) => {
    expect(sentenceOf(() => parseScalingTarget(scalingTarget(spec)))).toBe(
      `ScalingTarget marketplace/checkout: ${message}`,
    );
  });
});

describe('parseScalingPolicy', () => {
  test.each([
    [
      'a limit twice',
      {
        limits: [
          { name: 'a', total: 1 },
          { name: 'a', total: 2 },
        ],
      },
      'spec.limits: must not name a limit twice',
    ],
    [
      'a query of the stock that is the same for every sale',
      { stockSource: { source: 'shop', query: 'sum(stock)' } },
      'spec.stockSource.query: must have $sale, which stands for the name of the sale, got "sum(stock)"',
    ],
    [
      'a query of the stock with quotes around the name',
      { stockSource: { source: 'shop', query: 'sum(stock{sale="$sale"})' } },
      'spec.stockSource.query: must have $sale without quotes around it: the name is quoted already, got "sum(stock{sale=\\"$sale\\"})"',
    ],
    [
      'an approval that asks for nothing',
      { approval: {} },
      'spec.approval: must state abovePeakPercent, aboveExtraReplicas or both',
    ],
  ])('refuses %s, naming the field', (_title, spec, message) => {
    expect(sentenceOf(() => parseScalingPolicy(scalingPolicy(spec)))).toBe(
      `ScalingPolicy marketplace/default: ${message}`,
    );
  });

  test('refuses any name but default', () => {
    const policy = { ...scalingPolicy({}), metadata: { name: 'mine', namespace: 'marketplace' } };
    expect(sentenceOf(() => parseScalingPolicy(policy))).toBe(
      'ScalingPolicy marketplace/mine: metadata: must be named default: one policy a namespace is acted on',
    );
  });
});

test('parseSalePlan reads measured numbers as numbers, whether written as quantities or bare', () => {
  const points = [{ t: '2026-11-27T19:00:00Z', demand: '812.5', forecast: 800, floor: 3, ready: 3 }];
  const plan = parseSalePlan({ ...salePlan(), status: { timeline: [{ target: 'checkout', points }] } });
  expect(plan.status?.timeline?.[0]?.points[0]).toMatchObject({ demand: 812.5, forecast: 800 });
});

function sentenceOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}
