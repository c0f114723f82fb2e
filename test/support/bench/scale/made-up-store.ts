import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MetricSource } from '../../../../src/observe/metrics/metric-source.ts';
import { madeUpSource, shopDemand } from '../../shop/sandbox-shop.ts';

const madeUp = madeUpSource(shopDemand([]));

/** A metric store that answers each question in a turn of its own, as one over HTTP does. */
export const metricStore: MetricSource = {
  ...madeUp,
  readRange: async (...question) => {
    await nextTurn();
    return madeUp.readRange(...question);
  },
};
