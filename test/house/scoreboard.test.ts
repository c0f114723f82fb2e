import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { KeptResult } from '../support/bench/benchmark.ts';
import { formatScoreboard, renewScoreboard } from '../support/bench/format-scoreboard.ts';
import { keepResults, readKeptResults, renderScoreboardPage, scoreboardPage } from '../support/bench/kept-results.ts';

const kept: KeptResult = {
  date: '2026-11-22T07:30:00.000Z',
  node: '26.10.0',
  seconds: 3,
  settings: ['made-up series, chosen on none'],
  tables: [
    {
      title: 'A day ahead',
      figures: [
        { measure: 'WAPE', value: 0.2134, must: 0.25, stretch: 0.2 },
        { measure: '  of the last value', value: 0.5 },
        { measure: '  P95 coverage', value: 0.912, must: [0.93, 0.97] },
        { measure: 'load lost', value: 0.00031, must: 0.001, stretch: 0.0005 },
        { measure: 'ms | series', value: 12.34 },
      ],
    },
  ],
  skipped: [],
};

test("the forecasters' page shows what was measured and kept; else run `npm run bench -- --render`", () => {
  expect(readFileSync(scoreboardPage, 'utf8')).toBe(renderScoreboardPage());
});

test.each(Object.entries(readKeptResults()))('%s is kept whole, with its settings and a goal at least', (_, result) => {
  const { date, node, settings, tables, skipped } = result;
  const figures = tables.flatMap(table => table.figures);
  expect(skipped).toEqual([]);
  expect(new Date(date).toISOString()).toBe(date);
  expect(node).toMatch(/^\d+\.\d+\.\d+$/);
  expect(settings.length).toBeGreaterThan(0);
  expect(figures.some(({ must }) => must !== undefined)).toBe(true);
  expect(figures.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
});

describe('the scoreboard', () => {
  test('counts the goals, names the missed ones and shows every figure', () => {
    expect(formatScoreboard({ 'forecast-days': kept })).toBe(
      `
**Goals met: 2 of 3.**

- Missed: A day ahead → WAPE → P95 coverage: 0.912 (must be 0.930–0.970)

### forecast-days

\`npm run bench -- forecast-days\`, 22 November 2026, Node 26.10.0.

- made-up series, chosen on none

**A day ahead**

|                     | measured | must        | stretch  |             |
| ------------------- | -------- | ----------- | -------- | ----------- |
| WAPE                | 0.213    | ≤ 0.250     | ≤ 0.200  | met         |
| … of the last value | 0.500    |             |          |             |
| … P95 coverage      | 0.912    | 0.930–0.970 |          | MISSED      |
| load lost           | 0.00031  | ≤ 0.001     | ≤ 0.0005 | stretch met |
| ms \\| series        | 12.3     |             |          |             |
`.trim(),
    );
  });

  test('takes the place of the one before, and nothing else', () => {
    const [opening = '', closing = ''] =
      readFileSync(scoreboardPage, 'utf8').match(/^<!-- .*scoreboard.* -->$/gm) ?? [];
    const page = `before\n${opening}\nold\n${closing}\nafter\n`;
    const renewed = renewScoreboard(page, 'new');
    expect(renewed).toBe(`before\n${opening}\n\nnew\n\n${closing}\nafter\n`);
    expect(renewScoreboard(renewed, 'new')).toBe(renewed);
  });

  test('refuses a page without a place for it', () => {
    expect(() => renewScoreboard('# Forecasts', 'new')).toThrow(/must hold the lines/);
  });

  test('is not written from a benchmark of which parts could not run', () => {
    const partly = { ...kept, skipped: ['M4 Hourly: no data'] };
    expect(() => keepResults({ 'forecast-days': partly })).toThrow('forecast-days is not written');
  });
});
