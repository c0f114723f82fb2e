import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayKindEvidence } from '../../../../forecasts/events/blend/day-kind-evidence.ts';
import { traitsOf } from '../../../../forecasts/events/event-features.ts';
import { demandFrom, levelProfile, totalDemand } from '../../../../forecasts/index.ts';
import { dayMs, hourMs, monday, normalFrom, seededRandom } from '../../../support/demand/made-up-demand.ts';
import { type ShopChangeName, stagedShop } from '../../../support/demand/staged-shops.ts';

const evidenceOf = (upliftOn: (weekend: boolean, i: number) => number, days: number) => {
  const traits = Array.from({ length: days }, (_, i) => {
    const start = monday + i * dayMs + 12 * hourMs;
    return traitsOf({ id: `sale-${i}`, start, end: start + hourMs, features: {} }, []);
  });
  const uplifts = Float64Array.from(traits, ({ weekend }, i) => upliftOn(weekend, i));
  return dayKindEvidence(uplifts, traits, new Float64Array(days).fill(1));
};

test('weekends that differ clearly are told apart after two weeks', () =>
  expect(evidenceOf((weekend, i) => (weekend ? 0.7 : 1.5) + 0.1 * ((i % 3) - 1), 14)).toBeGreaterThan(0.8));

test('weekends that differ by chance are not', () => {
  const evidences = Array.from({ length: 40 }, (_, seed) => {
    const normal = normalFrom(seededRandom(seed + 1));
    return evidenceOf(() => 1 + 0.3 * normal(), 14);
  }).sort((a, b) => a - b);
  expect(evidences[20]).toBeLessThan(0.05);
  expect(evidences[36]).toBeLessThan(0.5);
});

test('little is assumed without sales of both kinds', () => expect(evidenceOf(() => 1, 5)).toBe(0.3));

const fitDemand = demandFrom(levelProfile);

test('moving history, sales and origin together by 0 to 6 days changes no forecast of a sale by more than 15 %', () =>
  fc.assert(
    fc.property(
      fc.constantFrom<ShopChangeName>('steady', 'agree', 'grow ×1.05 to ×1.1', 'shrink ×0.85 to ×0.95'),
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom(12, 20, 34),
      (name, seed, past) => {
        const peaks = [0, 1, 2, 3, 4, 5, 6].map(days => peaksOf(name, { seed, past, days }));
        for (const level of ['p50', 'p95'] as const) {
          const found = peaks.map(one => one[level]);
          expect(Math.max(...found) / Math.min(...found)).toBeLessThan(1.15);
        }
      },
    ),
    { seed: 20261130, numRuns: 25 },
  ));

function peaksOf(name: ShopChangeName, told: { readonly seed: number; readonly past: number; readonly days: number }) {
  const shop = stagedShop(name, told.seed, told.past);
  const shift = told.days * dayMs;
  const history = { ...shop.history, start: shop.history.start + shift };
  const events = shop.events.map(event => ({ ...event, start: event.start + shift, end: event.end + shift }));
  const asked = events.at(-1);
  if (asked === undefined) throw new Error('a sale to come');
  const now = asked.start - hourMs;
  const known = history.values.slice(0, (now - history.start) / 1000 / history.stepSeconds);
  const fitted = fitDemand({ ...history, values: known }, { now, events });
  const demand = fitted.predict({ from: asked.start, steps: 12, levels: [0.95], events: [asked] });
  const { point, quantiles } = totalDemand(demand);
  return { p50: Math.max(...point), p95: Math.max(...(quantiles[0]?.values ?? [])) };
}
