import { expect, test } from 'vitest';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { forecastTargets } from '../../../src/plan/demand/forecast-targets.ts';
import { planForecastWindows } from '../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../src/plan/demand/sale-events.ts';
import { namespaceFloors } from '../../../src/plan/floor/namespace-floors.ts';
import { planNamespace } from '../../../src/plan/plan-namespace.ts';
import { replanTarget } from '../../../src/plan/replan-target.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

/** The same object, of which one field can be read no more. */
function sealed<T extends object>(value: T, field: keyof T): T {
  const get = () => {
    throw new Error(`${String(field)} is read a second time`);
  };
  return Object.defineProperty({ ...value }, field, { get, enumerable: false });
}

test('no call and no start of a sale is read again after it: everything later is handed the graph and the occurrences', () => {
  const observed = observationOf({
    now: '2026-11-27T18:59:00Z',
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
      { name: 'past', startTime: '2026-11-20T19:00:00Z', endTime: '2026-11-20T21:00:00Z' },
    ],
    targets: {
      gateway: { spec: { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 500 }] } },
      checkout: { spec: { ordinaryPeaks: true } },
    },
  });
  const accepted = acceptNamespace(observed);
  const observation = {
    ...observed,
    sales: observed.sales.map(sale => ({ ...sale, spec: sealed(sale.spec, 'startTime') })),
    targets: observed.targets.map(one => ({
      ...one,
      target: { ...one.target, spec: sealed(one.target.spec, 'calls') },
    })),
  };
  expect(() => acceptNamespace(observation)).toThrow('is read a second time');

  const windows = planForecastWindows(observation, accepted);
  const events = saleEventsByTarget(accepted);
  const forecasts = forecastTargets({ observation, windows, events, fitted: {} });
  const floors = namespaceFloors({ observation, accepted, forecasts });
  const { targets } = planNamespace(floors);
  expect(targets.map(({ target, floor }) => [target, floor])).toEqual([
    ['checkout', 32],
    ['gateway', 32],
  ]);
  for (const observedNow of observation.targets) {
    const { plan } = replanTarget(floors, observedNow);
    expect(plan).toEqual(targets.find(({ target }) => target === plan.target));
  }
});
