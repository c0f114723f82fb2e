import { describe, expect, test } from 'vitest';
import { seriesOfRows } from '../../../../src/cli/files/history/series-of-rows.ts';

const start = Date.UTC(2026, 5, 1);

function read(seconds: readonly number[]) {
  const told: string[] = [];
  const rows = seconds.map((second, i) => ({ at: start + second * 1000, value: i, where: `shop.csv:${i + 1}` }));
  return { series: seriesOfRows('shop.csv', rows, note => told.push(note)), told };
}

describe('rows that come early or late', () => {
  test.each([
    ['jitter', [0, 7, -9, 12, -14, 3], 60, /rows lie up to 14 s off their steps of 1 min and were put on the nearest$/],
    ['are half a minute late', [30, 37, 21, 42, 16, 33], 60, /rows lie up to 14 s off their steps of 1 min/],
    ['jitter every quarter of an hour', [0, 100, -120, 80, -90, 30], 900, /rows lie up to 2 min off .* of 15 min/],
  ])('are put on the nearest step when they %s', (_, jitter, step, note) => {
    const { series, told } = read(Array.from({ length: 60 }, (_unused, i) => step * i + (jitter[i % 6] ?? 0)));
    expect(series.stepSeconds).toBe(step);
    expect(series.values).toEqual(Array.from({ length: 60 }, (_unused, i) => i));
    expect(told).toEqual([expect.stringMatching(note)]);
  });

  test('leave one step out in a hundred when each comes later by a hundredth', () => {
    const { series, told } = read(Array.from({ length: 200 }, (_, i) => 60.6 * i));
    expect(series.stepSeconds).toBe(60);
    expect(series.values.filter(value => value === null)).toHaveLength(2);
    expect(told).toHaveLength(2);
  });

  test('are averaged where two fall into one step', () => {
    const { series, told } = read([...Array.from({ length: 40 }, (_, i) => 60 * i), 2400, 2445, 2520, 2580]);
    expect(series.values.slice(39)).toEqual([39, 40, 41, 42, 43]);
    expect(told).toEqual([expect.stringMatching(/up to 15 s off/)]);
    const crowded = read([...Array.from({ length: 40 }, (_, i) => 60 * i), 2400, 2420, 2460, 2520]);
    expect(crowded.series.values.slice(39)).toEqual([39, 40.5, 42, 43]);
    expect(crowded.told).toEqual([expect.stringMatching(/, 1 of them averaged with another of the same step$/)]);
  });

  test('are refused where the file mixes steps', () => {
    const minutes = Array.from({ length: 50 }, (_, i) => 60 * i);
    const halves = Array.from({ length: 20 }, (_, i) => 3000 + 30 * i);
    expect(() => read([...minutes, ...halves])).toThrow(/shop\.csv:\d+: .* off the step of 60 s.*mix steps/);
  });
});
