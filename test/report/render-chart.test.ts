import { describe, expect, test } from 'vitest';
import type { Chart } from '../../src/report/chart.ts';
import { renderChart } from '../../src/report/render-chart.ts';
import { niceTicks, timeTicks } from '../../src/report/scale.ts';
import { expectWellFormed } from '../support/pages/well-formed.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const minute = 60_000;
const chart: Chart = {
  id: 'forecast',
  title: 'Forecast & actual',
  description: 'What came <and> what was expected.',
  timeZone: 'Europe/Berlin',
  from: start,
  until: start + 60 * minute,
  unit: 'requests per second',
  windows: [{ label: 'sale', start: start - minute, end: start + 90 * minute }],
  marks: [
    { label: 'floor raised 20:10', t: start + 10 * minute },
    { label: 'sale starts 20:11', t: start + 11 * minute },
    { label: 'not in this picture', t: start + 99 * minute },
  ],
  layers: [
    { kind: 'Band', role: 'forecast', label: 'P50 to P95', points: [{ t: start, low: 1, high: 2 }] },
    {
      kind: 'Steps',
      role: 'capacity',
      label: 'capacity',
      points: [
        { t: start, value: 100 },
        { t: start + minute, value: 3900 },
      ],
    },
    {
      kind: 'Line',
      role: 'actual',
      label: 'actual',
      points: [
        { t: start, value: 100 },
        { t: start + minute, value: 200 },
        { t: start + 2 * minute, value: null },
        { t: start + 3 * minute, value: 300 },
      ],
    },
  ],
};

describe('a chart', () => {
  const svg = renderChart(chart);

  test('is well-formed, fetches nothing and runs nothing', () => {
    expectWellFormed(svg);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|<script|@import|<image|href=/);
  });

  test('has a name and a description for those who cannot see it', () => {
    expect(svg).toContain('role="img" aria-labelledby="forecast-title forecast-description"');
    expect(svg).toContain('<title id="forecast-title">Forecast &amp; actual</title>');
    expect(svg).toContain('<desc id="forecast-description">What came &lt;and&gt; what was expected.</desc>');
  });

  test('follows light and dark', () => {
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
  });

  test('shows the clock of its zone, and says which', () => {
    expect(svg).toContain('>20:15<');
    expect(svg).toContain('>Friday, 27 November 2026, time in Europe/Berlin<');
  });

  test('names days where it shows more than one, and Mondays where it shows many', () => {
    const spanning = (days: number) => renderChart({ ...chart, until: start + days * 24 * 60 * minute });
    expect(spanning(2)).toMatch(/>20:00<.*>28 Nov<.*>04:00</);
    expect(spanning(2)).toContain('>Friday, 27 November 2026 to Sunday, 29 November 2026, time in Europe/Berlin<');
    expect(spanning(40)).toMatch(/>30 Nov<.*>7 Dec<.*>14 Dec</);
    expect(spanning(4000).match(/text-anchor="middle"/g)?.length).toBeLessThan(14);
  });

  test('leaves a gap where nothing was measured', () => {
    const line = /class="actual line" d="(M[^"]*M[^"]*)"/.exec(svg)?.[1];
    expect(line?.match(/M/g)).toHaveLength(2);
  });

  test('keeps labels of near instants apart, and leaves out what lies outside', () => {
    const rows = ['floor raised 20:10', 'sale starts 20:11'].map(
      label => new RegExp(`y="([\\d.]+)">${label}`).exec(svg)?.[1],
    );
    expect(new Set(rows).size).toBe(2);
    expect(svg).not.toContain('not in this picture');
  });

  test('is the same twice, byte for byte', () => {
    expect(renderChart(chart)).toBe(svg);
  });

  test('of nothing at all is still a picture with axes', () => {
    const empty = renderChart({ ...chart, layers: [], marks: [], windows: [] });
    expectWellFormed(empty);
    expect(empty).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('ticks', () => {
  test.each([
    { highest: 4100, ticks: [0, 1000, 2000, 3000, 4000, 5000] },
    { highest: 7, ticks: [0, 2, 4, 6, 8] },
    { highest: 0.9, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  ])('up to $highest are round', ({ highest, ticks }) => {
    expect(niceTicks(highest, 5)).toEqual(ticks);
  });

  test('of time lie at round local times, in zones of half hours too', () => {
    const [first] = timeTicks(start, start + 6 * 60 * minute, { count: 6, offsetMs: 5.5 * 60 * minute });
    expect(first).toBe(Date.parse('2026-11-27T19:30:00Z'));
  });
});
