import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MetricSource } from '../../../../src/observe/metrics/metric-source.ts';
import { madeUpSource, shopDemand } from '../../shop/sandbox-shop.ts';
import { pastSales, type ScaleSettings } from './scale-settings.ts';

const halfHourMs = 1_800_000;
const times = 6;

/**
 * A metric store that answers each question in a turn of its own, as one over HTTP does. In each past sale the demand was
 * six times as high: forecasts of the sales to come call for a raise at any time of day.
 */
export function metricStore(settings: ScaleSettings): MetricSource {
  const inSale = new Set(pastSales(settings).map(({ start }) => start / halfHourMs));
  const quiet = shopDemand([]);
  const madeUp = madeUpSource(
    (service, time) => (quiet(service, time) ?? 0) * (inSale.has(Math.floor(time / halfHourMs)) ? times : 1),
  );
  return {
    ...madeUp,
    readRange: async (...question) => {
      await nextTurn();
      return madeUp.readRange(...question);
    },
  };
}
