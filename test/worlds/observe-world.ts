import { formatInstant } from '../../src/api/instant.ts';
import { isMissing } from '../../src/api/missing.ts';
import type { Observation, TargetObservation } from '../../src/observe/observation.ts';
import type { DemandForecasts } from '../../src/plan/demand/demand-forecasts.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';
import { demandAt } from './sale-needs.ts';
import { firstDates, type State } from './world.ts';

/** What is observed at an instant (epoch ms) where visitors come as forecast × `loadRatio`. */
export function observeWorld(state: State, now: number, loadRatio: number): Observation {
  const { given, salePlans, strays, unchecked } = state;
  const coming = firstDates(state);
  const observation = observationOf({ ...given, now: formatInstant(now), salePlans: [] });
  return {
    ...observation,
    salePlans: withApprovals(salePlans, given),
    targets: observation.targets.map(observed => {
      const { name } = observed.target.metadata;
      return atLoad(unchecked[name] === undefined ? observed : withSpec(observed, unchecked[name]), {
        load: demandAt(coming, name, now) * loadRatio,
        now,
      });
    }),
    ...(strays.length === 0 ? {} : { strays }),
  };
}

/** What is forecast at that instant. */
export function forecastWorld({ given }: State, observation: Observation): DemandForecasts {
  return forecastsOf(given, observation);
}

function withApprovals(salePlans: State['salePlans'], { approvals = {} }: Given): State['salePlans'] {
  return salePlans.map(plan => {
    const approval = approvals[plan.spec.sale.name];
    if (approval === undefined) return plan;
    const { until = '2030-01-01T00:00:00Z', upTo } = approval;
    const caps = Object.entries(upTo).map(([target, maxReplicas]) => ({ target, maxReplicas }));
    const given = { approvedBy: 'ann', approvedAt: '2026-01-01T00:00:00Z', until, upTo: caps };
    return { ...plan, spec: { ...plan.spec, approval: given } };
  });
}

function withSpec(observed: TargetObservation, fields: State['unchecked'][string]): TargetObservation {
  return { ...observed, target: { ...observed.target, spec: { ...observed.target.spec, ...fields } } };
}

function atLoad(observed: TargetObservation, { load, now }: { load: number; now: number }): TargetObservation {
  const { demand } = observed;
  if (isMissing(demand)) return observed;
  const recent = { start: now - 600_000, stepSeconds: 60, values: new Array<number>(10).fill(load) };
  return { ...observed, demand: { ...demand, recent } };
}
