import { expect, test } from 'vitest';
import { parseSalePlan, type SalePlan } from '../../../src/api/sale-plan.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { accuracySamples, saleAccuracySamples } from '../../../src/operator/telemetry/accuracy-metrics.ts';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import type { Sample } from '../../../src/operator/telemetry/namespace-series.ts';
import { salePlan, scalingTarget } from '../../support/shop/kinds.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const metrics = createMetrics();
const told = (samples: readonly Sample[]) =>
  samples.map(({ gauge, labels, value }) => {
    const name = Object.entries(metrics).find(([, metric]) => metric === gauge)?.[0];
    return `${name} ${Object.values(labels).join(' ')} ${value}`;
  });

test('the accuracy of seven days is told by horizon, as shares', () => {
  const accuracy = {
    wapePercent: 12,
    biasPercent: -3,
    medianCoveragePercent: 48,
    coveragePercent: 94,
    recentCoveragePercent: 80,
    horizons: [{ hours: 1, wapePercent: 5 }],
  };
  const target = parseScalingTarget({ ...scalingTarget({}), status: { accuracy } });
  const name = target.metadata.name;
  expect(told(accuracySamples(metrics, 'shop', target))).toEqual([
    `forecastWape shop ${name} all 0.12`,
    `forecastBias shop ${name} all -0.03`,
    `forecastCoverage shop ${name} all 0.5 0.48`,
    `forecastCoverage shop ${name} all 0.95 0.94`,
    `forecastWape shop ${name} 1 0.05`,
    `forecastCoverage shop ${name} recent 0.95 0.8`,
  ]);
  expect(accuracySamples(metrics, 'shop', parseScalingTarget(scalingTarget({})))).toEqual([]);
});

test('of a sale that was reviewed more than once the newest review is told', () => {
  const plan = parseSalePlan(salePlan());
  const sale = plan.spec.sale.name;
  const reviewed = (reviewedAt: string, wapePercent: number): SalePlan => ({
    ...plan,
    status: {
      review: {
        reviewedAt,
        targets: [
          {
            target: 'gateway',
            wapePercent,
            replicaHoursOver: 0,
            replicaHoursUnder: 0,
            minutesAtCeiling: 0,
            minutesShort: 0,
            minutesShortWithoutPrescale: 0,
          },
        ],
      },
    },
  });
  const { targets } = observationOf({ now: '2026-11-28T00:00:00Z', targets: { gateway: {} } });
  const shopOf = (...salePlans: readonly SalePlan[]) => ({ namespace: 'shop', targets, salePlans });
  const [older, newer] = [reviewed('2026-11-20T00:00:00Z', 30), reviewed('2026-11-27T00:00:00Z', 10)];
  const newest = [`saleForecastWape shop ${sale} gateway 0.1`];
  expect(told(saleAccuracySamples(metrics, shopOf(older, newer, plan)))).toEqual(newest);
  expect(told(saleAccuracySamples(metrics, shopOf(plan, newer, older)))).toEqual(newest);
  expect(saleAccuracySamples(metrics, { ...shopOf(newer), targets: [] })).toEqual([]);
});
