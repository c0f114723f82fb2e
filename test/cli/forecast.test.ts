import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lastValue } from '../../forecasts/index.ts';
import { type ForecastHistoryOptions, forecastHistory } from '../../src/cli/forecast/forecast-history.ts';
import { parseLevels, parseSpan, readEvents, readHistories } from '../../src/cli/forecast/forecast-options.ts';
import { formatForecasts } from '../../src/cli/forecast/format-forecasts.ts';
import { formatScores } from '../../src/cli/forecast/format-scores.ts';
import { judgeHistory } from '../../src/review/backtest/judge-history.ts';
import { epochMs } from '../support/cli/epoch-ms.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../support/demand/made-up-demand.ts';

const always = { from: 0, until: Date.UTC(2100, 0, 1) };

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-forecast-'));
afterAll(() => rmSync(folder, { recursive: true }));

const history = madeUpDemand({ days: 14, stepSeconds: 600 });
const sale = {
  id: 'drop',
  start: monday + 14 * dayMs + 6 * hourMs,
  end: monday + 14 * dayMs + 8 * hourMs,
  statedPeakRatio: 5,
  features: {},
};
const input = { horizon: dayMs, quantiles: [0.5, 0.95] };

test('forecasts a day ahead from the end of the history, a sale in it', () => {
  const forecast = forecastHistory({ name: 'shop', history }, [sale], input);
  expect(forecast.total.start).toBe(monday + 14 * dayMs);
  expect(forecast.total.point).toHaveLength(144);
  const opening = 6 * 6;
  expect(forecast.total.point[opening]).toBeGreaterThan(2 * (forecast.demand.base.point[opening] ?? 0));
});

test('shows a row an hour, the basis and the sale', () => {
  const text = formatForecasts([forecastHistory({ name: 'shop', history }, [sale], input)], 'table');
  expect(text).toMatch(
    /^shop, made 2026-06-15T00:00:00Z, from .*; no past sale; stated peak\n {2}drop: 2026-06-15T06:00:00Z/,
  );
  expect(text).toContain('P95');
  expect(text.trim().split('\n')).toHaveLength(4 + 25);
});

test('writes a row a step as CSV, all of it as JSON, and one picture', () => {
  const forecasts = [forecastHistory({ name: 'shop', history }, [sale], input)];
  const csv = formatForecasts(forecasts, 'csv').trim().split('\n');
  expect(csv[0]).toBe('series,timestamp,point,P50,P95,base');
  expect(csv).toHaveLength(145);
  const json = formatForecasts(forecasts, 'json');
  const [{ demand, total }] = JSON.parse(json);
  expect(demand.extras[0].event).toBe('drop');
  expect(total.start).toBe('2026-06-15T00:00:00Z');
  expect(json).not.toMatch(epochMs);
  const svg = formatForecasts(forecasts, 'svg');
  expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  expect(svg).not.toContain('NaN');
});

describe('what a step is made of', () => {
  const past = [3, 10].map(day => ({
    ...sale,
    id: `past-${day}`,
    start: monday + day * dayMs,
    end: monday + day * dayMs + 2 * hourMs,
  }));
  const taught = madeUpDemand({ days: 14, stepSeconds: 600, sales: past.map(event => ({ event, peak: 4 })) });

  test('is shown below the table, a row a part, the past sales that taught last', () => {
    const asked = { ...input, explain: sale.start };
    const forecast = forecastHistory({ name: 'shop', history: taught }, [...past, sale], asked);
    const [, reasons = ''] = formatForecasts([forecast], 'table').split('What makes ');
    expect(reasons).toMatch(/^[\d.]+ at 2026-06-15T06:00:00Z\n\nPART +TIMES +MAKES +FROM\nlevel /);
    expect(reasons).toMatch(/time of day .* UTC; the day repeats: strength 0\.\d\d, by chance 0\.\d\d\n/);
    expect(reasons).toMatch(/sale drop .*2 past sales, none near 06:00 UTC; stated peak 5 times, followed to \d+ %\n/);
    expect(reasons).toMatch(/PAST SALE +LIKENESS +SHARE +SHOWED\npast-\d+ /);
  });

  test('says what makes its band wide, and what would narrow it', () => {
    const asked = { ...input, explain: sale.start };
    const text = formatForecasts([forecastHistory({ name: 'shop', history: taught }, [...past, sale], asked)], 'table');
    const [, width = ''] = text.split(/\nP95 is [\d.]+ times the forecast\n\n/);
    expect(width).toMatch(/^OF ITS WIDTH +BECAUSE +NARROWER WITH\n\d+ % /);
    expect(width).toMatch(
      /\d+ % +no past sale was like it: none near 06:00 UTC +a past sale of this kind, or similarTo/,
    );
    const shares = [...width.matchAll(/^(\d+) %/gm)].map(([, share]) => Number(share));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(90);
  });

  test('is in the JSON, and only when asked for', () => {
    const read = (asked: ForecastHistoryOptions) =>
      JSON.parse(formatForecasts([forecastHistory({ name: 'shop', history }, [sale], asked)], 'json'))[0];
    const explained = read({ ...input, explain: sale.start }).explanation;
    expect(explained.at).toBe('2026-06-15T06:00:00Z');
    expect(JSON.stringify(explained)).not.toMatch(epochMs);
    expect(explained.parts.at(-1)).toMatchObject({ kind: 'event', event: 'drop' });
    expect(read(input).explanation).toBeUndefined();
  });

  test('is compared with what was expected of it before', () => {
    const risen = {
      ...history,
      values: history.values.map((value, i) => (i >= 13 * 144 ? 1.5 * (value ?? 0) : value)),
    };
    const forecast = forecastHistory({ name: 'shop', history: risen }, [sale], {
      ...input,
      compareAt: monday + 13 * dayMs,
    });
    const text = formatForecasts([forecast], 'table');
    expect(text).toMatch(/\n\+\d+ % since 2026-06-14T00:00:00Z: \d+ instead of \d+\n {2}\+/);
    expect(text).toContain('the level rose from');
  });

  test('cannot be compared with a later forecast', () => {
    const later = { ...input, compareAt: monday + 20 * dayMs };
    expect(() => forecastHistory({ name: 'shop', history }, [sale], later)).toThrow(/--compare-at must be before/);
  });
});

test('reads sales from CSV with where a row is wrong', () => {
  const file = path.join(folder, 'sales.csv');
  writeFileSync(
    file,
    'start,end,peakRatio\n2026-06-01T10:00:00Z,2026-06-01T12:00:00Z,4\n2026-06-03T10:00:00Z,2026-06-03T12:00:00Z\n',
  );
  expect(readEvents(file)(always).map(({ statedPeakRatio }) => statedPeakRatio)).toEqual([4, undefined]);
  writeFileSync(file, '2026-06-01T10:00:00Z,2026-06-01T09:00:00Z\n');
  expect(() => readEvents(file)(always)).toThrow(/sales\.csv:1: the event ends before it starts/);
});

test('reads sales as spreadsheets write them', () => {
  const file = path.join(folder, 'sales.csv');
  writeFileSync(file, '\uFEFFstart;end;peakRatio\r\n2026-06-01 10:00;2026-06-01 12:00;4\r\n');
  expect(readEvents(file)(always)).toEqual([
    {
      id: '2026-06-01T10:00:00Z',
      start: monday + 10 * hourMs,
      end: monday + 12 * hourMs,
      features: {},
      statedPeakRatio: 4,
    },
  ]);
});

test('reads the third column of sales as a percentage where its header says so', () => {
  const file = path.join(folder, 'sales.csv');
  writeFileSync(file, 'start,end,peakPercent\n2026-06-01T10:00:00Z,2026-06-01T12:00:00Z,400\n');
  expect(readEvents(file)(always)[0]?.statedPeakRatio).toBe(4);
});

test('has what its reader told in the JSON, of forecasts and of backtests', () => {
  const file = path.join(folder, 'shop.csv');
  const rows = history.values.map((value, i) => `${(history.start + i * 600_000) / 1000},${60 * (value ?? 0)}`);
  writeFileSync(file, ['time,rpm', ...rows].join('\n'));
  const [named] = readHistories(file);
  if (named === undefined) throw new Error('no history was read');
  const note = expect.stringMatching(/shop\.csv: read as "rpm" as requests per minute → per second/);
  expect(JSON.parse(formatForecasts([forecastHistory(named, [], input)], 'json'))[0].notes).toEqual([note]);
  const options = { horizon: dayMs, every: dayMs, origins: 1, lead: hourMs, quantiles: [0.5] };
  expect(JSON.parse(formatScores([judgeHistory(named, lastValue, [], options)], 'json'))[0].notes).toEqual([note]);
});

test('refuses a moment before the history begins', () => {
  expect(() => forecastHistory({ name: 'shop', history }, [], { ...input, at: monday - dayMs })).toThrow(
    /--at 2026-05-31T00:00:00Z leaves nothing known: shop begins at 2026-06-01T00:00:00Z/,
  );
});

test('says so when a folder has no history', () => {
  expect(() => readHistories(folder.concat('/none'))).toThrow(/is not there/);
});

test.each([
  ['24h', 86_400_000],
  ['90m', 5_400_000],
  ['7d', 604_800_000],
])('takes %s for a span', (text, ms) => {
  expect(parseSpan(text)).toBe(ms);
});

test('refuses spans and levels that mean nothing', () => {
  expect(() => parseSpan('soon')).toThrow(/90m, 24h or 7d/);
  expect(() => parseLevels('0.9,0.5')).toThrow(/ascending/);
  expect(() => parseLevels('1')).toThrow(/between 0 and 1/);
});
