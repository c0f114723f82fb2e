import { describe, expect, test } from 'vitest';
import type { DemandHistory } from './demand-history.ts';
import { madeUpHistory } from './made-up-history.ts';
import { demandHistory, hasWorldCup, worldCupHistory } from './world-cup-history.ts';

const minute = 60_000;
const day = 1440 * minute;
const t0 = Date.parse('2026-11-27T19:00:00Z');

const histories: readonly (readonly [string, boolean, () => DemandHistory])[] = [
  ['the World Cup 98 log', hasWorldCup(), () => worldCupHistory({ t0 })],
  ['made-up traffic', true, () => madeUpHistory({ t0 })],
];

describe.each(histories)('%s', (title, present, make) => {
  const run = test.runIf(present);
  const needs = present ? '' : ` (left out: ${title} needs ../shared/data)`;

  run(`covers four weeks before the sale and 90 minutes after its start, without a gap${needs}`, () => {
    const { demand } = make();
    expect(demand).toMatchObject({ start: t0 - 28 * day, stepSeconds: 15 });
    expect(demand.values).toHaveLength((28 * 1440 + 90) * 4);
    expect(demand.values.filter(value => value === null || !(value >= 0))).toEqual([]);
  });

  run(`has a sale of nine minutes that rises at least 2.5 times, with its peak in the second half${needs}`, () => {
    const { demand, sale } = make();
    expect(sale).toMatchObject({ start: t0, end: t0 + 9 * minute });
    const first = (t0 - demand.start) / 15_000;
    const values = demand.values.slice(first, first + 36).map(value => value ?? 0);
    const peak = Math.max(...values);
    expect(peak / (demand.values[first - 1] ?? 0)).toBeGreaterThanOrEqual(2.5);
    expect(values.indexOf(peak)).toBeGreaterThanOrEqual(18);
  });

  run(`has past sales to learn from, each over before the sale begins and none twice${needs}`, () => {
    const { pastSales, sale } = make();
    expect(pastSales.length).toBeGreaterThanOrEqual(10);
    expect(new Set([sale, ...pastSales].map(({ name }) => name)).size).toBe(pastSales.length + 1);
    for (const { start, end, name, peakPercent } of [sale, ...pastSales]) {
      expect(peakPercent).toBeGreaterThanOrEqual(100);
      expect(peakPercent).toBeLessThan(1000);
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(end - start).toBe(9 * minute);
    }
    for (const { end } of pastSales) {
      expect(end).toBeLessThan(t0);
    }
  });

  run(`tells what the sale will bring as a percentage of the minutes before it${needs}`, () => {
    const { demand, sale } = make();
    const first = (t0 - demand.start) / 15_000;
    const [before, peak] = [
      demand.values[first - 10] ?? 0,
      Math.max(...demand.values.slice(first, first + 36).map(Number)),
    ];
    expect(Math.abs(sale.peakPercent - (100 * peak) / before)).toBeLessThan(10);
  });
});

test('the suite takes the real log where it lies, and says so', () => {
  expect(demandHistory({ t0 }).origin).toContain(hasWorldCup() ? 'World Cup 98' : 'made-up');
});
