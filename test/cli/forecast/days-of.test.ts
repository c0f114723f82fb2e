import { describe, expect, test } from 'vitest';
import { demandModel, fitDemand } from '../../../forecasts/index.ts';
import { forecastHistory } from '../../../src/cli/forecast/forecast-history.ts';
import { formatForecasts } from '../../../src/cli/forecast/format-forecasts.ts';
import { judgeHistory } from '../../../src/review/backtest/judge-history.ts';
import { berlinClock, berlinShop, fallBack } from '../../support/demand/berlin-shop.ts';
import { dayMs, hourMs } from '../../support/demand/made-up-demand.ts';

const input = { horizon: dayMs, quantiles: [0.5, 0.95] };

describe("the shop's clock", () => {
  const shop = berlinShop({ start: fallBack - 20 * dayMs, days: 28 });
  const named = { name: 'shop', history: shop };

  test('is the one of --time-zone: the basis and the time of day are in it', () => {
    const asked = { ...input, explain: true as const, timeZone: 'Europe/Berlin' };
    const text = formatForecasts([forecastHistory(named, [], asked)], 'table');
    expect(text).toMatch(/^shop, made .*; days of Europe\/Berlin\n/);
    expect(text).toMatch(/time of day .*20:\d\d Europe\/Berlin; /);
  });

  test('is UTC without it, and a zone is proposed where demand moved with its clocks', () => {
    const text = formatForecasts([forecastHistory(named, [], input)], 'table');
    expect(text).toContain(
      '; days of UTC; demand moved with the clocks of Europe/Berlin on 2026-10-25, but days are those of UTC',
    );
  });

  test('counts in a backtest as well', () => {
    const model = demandModel('headstart', fitDemand);
    const options = { horizon: dayMs, every: dayMs, origins: 5, lead: hourMs, quantiles: [0.95] };
    const wapeOf = (clock?: typeof berlinClock) =>
      judgeHistory(named, model, [], { ...options, clock }).scores[0]?.wape ?? 1;
    expect(wapeOf(berlinClock) / wapeOf()).toBeLessThan(0.5);
  });
});
