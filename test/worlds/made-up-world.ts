import { formatInstant } from '../../src/api/instant.ts';
import type { GivenSale } from '../support/shop/given-sales.ts';
import type { Given, GivenTarget } from '../support/shop/planned-namespace.ts';
import { oddities } from './oddities/oddities.ts';
import { Random } from './random.ts';
import { type Change, type Draft, minuteMs, nearMs, type State, type World } from './world.ts';
import { writeInZone } from './zoned-time.ts';

/** Evenings around which worlds happen: ordinary, on days of 23 and 25 hours, over the turn of a year, a year ahead. */
const evenings = [
  '2026-11-27T19:00:00Z',
  '2026-03-28T23:30:00Z',
  '2026-10-25T00:30:00Z',
  '2026-12-31T23:00:00Z',
  '2028-02-29T09:00:00Z',
].map(text => Date.parse(text));
const zones = ['UTC', 'UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia'];
const names = ['gateway', 'storefront', 'checkout', 'payments'] as const;

/** Makes the world of a seed and an index: always the same. */
export function makeWorld(seed: number, index: number): World {
  const random = new Random(seed, index);
  const evening = random.pick(evenings);
  const given = ordinary(random, evening);
  const draft: Draft = { random, evening, given, salePlans: [], unchecked: {}, changes: [] };
  const drawn = drawOddities(random);
  for (const { make } of drawn) make(draft);
  const { salePlans, unchecked, changes } = draft;
  const first: State = { given: draft.given, salePlans, strays: [], unchecked };
  const inOrder = changes.toSorted((a, b) => a.at - b.at);
  return {
    seed,
    index,
    oddities: drawn.map(({ name }) => name),
    first,
    changes: inOrder,
    ticks: ticksOf(draft),
    over: overAt(first, inOrder, evening),
    loadRatio: random.pick([0.7, 0.9, 1, 1.05]),
  };
}

/** The latest end that a sale ever states (epoch ms), with all the changes before: a sale may be moved, then extended. */
function overAt(first: State, changes: readonly Change[], evening: number): number {
  let state = first;
  const states = [first, ...changes.map(({ change }) => (state = change(state)))];
  const ends = states.flatMap(({ given }) => (given.sales ?? []).map(({ endTime }) => Date.parse(endTime)));
  return Math.max(evening, ...ends.filter(end => end < evening + nearMs), ...changes.map(({ at }) => at));
}

/** Four to eight things that are odd, each at most once. */
function drawOddities(random: Random) {
  const drawn = new Set<(typeof oddities)[number]>();
  const weights = oddities.map(({ weight = 1 }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let left = random.int(2, 7); left > 0; left--) {
    let at = random.next() * total;
    const found = oddities.find((_, nth) => {
      at -= weights[nth] ?? 0;
      return at < 0;
    });
    if (found !== undefined) drawn.add(found);
  }
  return [...drawn];
}

function ordinary(random: Random, evening: number): Given {
  const count = random.int(3, 4);
  const own = names.slice(0, count);
  return {
    now: formatInstant(evening - 600 * minuteMs),
    policy: {},
    sales: ['drop', 'night', 'vip'].slice(0, random.int(2, 3)).map(name => sale(random, evening, name)),
    targets: Object.fromEntries(own.map((name, index) => [name, target(random, index, own)])),
  };
}

function sale(random: Random, evening: number, name: string): GivenSale {
  const start = evening + 5 * random.int(-24, 24) * minuteMs;
  const end = start + 5 * random.int(2, 20) * minuteMs;
  const timeZone = random.pick(zones);
  return {
    name,
    startTime: writeInZone(start, timeZone),
    endTime: writeInZone(end, timeZone),
    timeZone,
    expectedPeakPercent: random.int(100, 2500),
    ...(random.chance(0.5) ? { entryPoints: ['gateway'] } : {}),
    ...(random.chance(0.2) ? { entryPoints: [random.pick(['storefront', 'checkout'])] } : {}),
  };
}

/** A service that calls only later ones. */
function target(random: Random, index: number, own: readonly string[]): GivenTarget {
  const minReplicas = random.int(1, 8);
  const baseline = { minReplicas, maxReplicas: minReplicas + random.int(4, 30) };
  const calls = own.slice(index + 1).filter(() => random.chance(0.6));
  return {
    forecast: random.int(5, 80),
    pastSales: random.int(0, 4),
    hpa: baseline,
    spec: {
      baseline,
      ceiling: random.int(150, 600),
      capacityPerReplica: String(random.pick([5, 10, 20])),
      tier: random.pick(['Critical', 'Standard', 'Background']),
      headroomPercent: random.pick([0, 0, 15, 60]),
      leadTimeSeconds: random.pick([0, 60, 90, 600]),
      entryPoint: index === 0,
      calls: calls.map(name => ({ target: name, perThousandRequests: random.int(100, 2500) })),
      demand: { query: 'requests' },
    },
  };
}

/** Reconciles before the first sale, around starts and ends, after changes, and at any time. */
function ticksOf({ random, evening, given, changes }: Draft): readonly number[] {
  const spans = (given.sales ?? [])
    .map(({ startTime, endTime }) => [Date.parse(startTime), Date.parse(endTime)] as const)
    .filter(([start]) => Math.abs(start - evening) < nearMs);
  const first = Math.min(evening, ...spans.map(([start]) => start));
  const inSales = random
    .some(spans, 2)
    .flatMap(([start, end]) => [
      start - random.int(1, 20) * minuteMs,
      start + Math.round(random.next() * 0.9 * (end - start)),
    ]);
  const after = random.some(changes, 3).map(({ at }) => at + random.pick([0, 15_000, minuteMs, 6 * minuteMs]));
  const ahead = first - random.pick([40, 90, 300]) * minuteMs;
  return [...new Set([ahead, ...inSales, ...after])]
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
    .slice(0, 6);
}
