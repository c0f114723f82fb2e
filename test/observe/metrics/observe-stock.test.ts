import { describe, expect, test } from 'vitest';
import { parseFlashSale } from '../../../src/api/flash-sale.ts';
import { createDemandHistory } from '../../../src/observe/demand-history.ts';
import type { MetricSource } from '../../../src/observe/metrics/metric-source.ts';
import { observeStock } from '../../../src/observe/metrics/observe-stock.ts';
import { flashSale } from '../../support/shop/kinds.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const minuteMs = 60_000;

function sale(name: string, spec: object = {}) {
  const times = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', timeZone: 'UTC' };
  const object = flashSale({ ...times, ...spec });
  return parseFlashSale({ ...object, metadata: { name, namespace: 'marketplace' } });
}

/** A store that has as many units as it says at each minute of the sale, and keeps what it was asked. */
function storeOf(unitsAt: (minute: number) => number | null, type = 'prometheus') {
  const queries: string[] = [];
  const source: MetricSource = {
    type,
    async readRange({ query, start: from, end, stepSeconds }) {
      queries.push(query);
      const steps = (end - from) / (stepSeconds * 1000);
      const values = Array.from({ length: steps }, (_, step) => unitsAt((from - start) / minuteMs + step));
      return { start: from, stepSeconds, values };
    },
  };
  return { queries, source };
}

const policy = { stockSource: { source: 'shop', query: 'sum(stock_units{sale=$sale}) - sum(sold{sale=$sale})' } };
const namespace = 'marketplace';

describe('observeStock', () => {
  test('reads the stock of each sale that runs, with its name as a literal, back to its start', async () => {
    const { source, queries } = storeOf(minute => (minute < 0 ? 900 : minute < 30 ? 500 - minute : 0));
    const sales = [
      sale('drop'),
      sale('later', { startTime: '2026-11-28T19:00:00Z', endTime: '2026-11-28T21:00:00Z' }),
      sale('over', { startTime: '2026-11-27T17:00:00Z', endTime: '2026-11-27T18:00:00Z' }),
      sale('cancelled', { cancelled: true }),
    ];
    const history = createDemandHistory({ shop: source });
    const found = await observeStock({ now: start + 40 * minuteMs, namespace, sales, policy }, history);
    expect(found).toMatchObject([
      { sale: 'drop', since: start, highest: 500, samples: { ageSeconds: 0, source: 'shop' } },
    ]);
    expect(new Set(queries)).toEqual(new Set(['sum(stock_units{sale="drop"}) - sum(sold{sale="drop"})']));
  });

  test('reads that of a recurring sale since the start of the date that runs', async () => {
    const { source } = storeOf(minute => minute);
    const sales = [sale('drop')];
    const [week, now] = [7 * 86_400_000, start + 7 * 86_400_000 + 5 * minuteMs];
    const starts = () => [start, start + week, start + 2 * week];
    const found = await observeStock({ now, namespace, sales, policy, starts }, createDemandHistory({ shop: source }));
    expect(found).toMatchObject([{ sale: 'drop', since: start + week }]);
  });

  test('writes the name without quotes for Datadog', async () => {
    const { source, queries } = storeOf(() => 5, 'datadog');
    const stockSource = { source: 'shop', query: 'sum:stock.units{sale:$sale}' };
    const input = { now: start + minuteMs, namespace, sales: [sale('drop')], policy: { stockSource } };
    await observeStock(input, createDemandHistory({ shop: source }));
    expect(new Set(queries)).toEqual(new Set(['sum:stock.units{sale:drop}']));
  });

  test('says why a stock cannot be read', async () => {
    const input = { now: start + minuteMs, namespace, sales: [sale('drop')], policy };
    expect(await observeStock(input, createDemandHistory({}))).toEqual([
      {
        sale: 'drop',
        since: start,
        samples: { missing: 'the operator\'s settings have no metric source "shop"; they have none.' },
      },
    ]);
  });

  test('reads nothing where the policy names no source, or nobody reads', async () => {
    const input = { now: start + minuteMs, namespace, sales: [sale('drop')] };
    expect(await observeStock({ ...input, policy: {} }, createDemandHistory({}))).toEqual([]);
    expect(await observeStock({ ...input, policy }, undefined)).toEqual([]);
  });
});
