import { readForward, type StepSeries } from '../../../../src/simulate/step-series.ts';
import { headroomPercent, type PlannedRest } from './headstart-bounds.ts';
import type { OutcomeScenario } from './outcome-scenario.ts';

/** Replica-hours within the sale, and where those above the oracle's come from. */
export interface Excess {
  /** Of one who knows every second, and holds the highest need of the rest of the sale as Headstart must. */
  readonly oracle: number;
  readonly actual: number;
  /** Planning for a quantile of the rest instead of what comes. */
  readonly quantile: number;
  /** The target's headroomPercent. */
  readonly headroom: number;
  /** Whole replicas, beyond those of the oracle. */
  readonly rounding: number;
  /** A floor that stands above what the forecast of the rest needs: before the peak, and until the next plan. */
  readonly hold: number;
  /** Replicas above the floor, which the HPA keeps by its own metric. */
  readonly hpa: number;
}

const secondHours = 1 / 3600;

/** Adds up the replica-hours of all services over the sale, second by second. */
export function judgeExcess(
  { services, demand, sale }: OutcomeScenario,
  run: {
    readonly ready: Readonly<Record<string, StepSeries>>;
    readonly minReplicas: Readonly<Record<string, StepSeries>>;
  },
  rests: ReadonlyMap<string, readonly PlannedRest[]>,
): Excess {
  const sum = { oracle: 0, actual: 0, quantile: 0, headroom: 0, rounding: 0, hold: 0, hpa: 0 };
  for (const { name, capacityPerReplica } of services) {
    const seconds = Math.round((sale.end - sale.start) / 1000);
    const needed = restOf(Array.from({ length: seconds }, (_, i) => demand.at(name, sale.start + i * 1000 + 500)));
    const ready = readForward(run.ready[name] ?? []);
    const floorAt = readForward(run.minReplicas[name] ?? []);
    const restAt = readForward((rests.get(name) ?? []).map(({ t, demand: value }) => ({ t, value })));
    for (let i = 0; i < seconds; i++) {
      const t = sale.start + i * 1000;
      const exact = (needed[i] ?? 0) / capacityPerReplica;
      const planned = restAt(t) / capacityPerReplica;
      const withHeadroom = planned * (1 + headroomPercent / 100);
      const [floor, actual] = [floorAt(t), ready(t)];
      sum.oracle += Math.ceil(exact - 1e-9) * secondHours;
      sum.actual += actual * secondHours;
      sum.quantile += (planned - exact) * secondHours;
      sum.headroom += (withHeadroom - planned) * secondHours;
      sum.rounding += (Math.ceil(withHeadroom - 1e-9) - withHeadroom - (Math.ceil(exact - 1e-9) - exact)) * secondHours;
      sum.hold += (floor - Math.ceil(withHeadroom - 1e-9)) * secondHours;
      sum.hpa += (actual - floor) * secondHours;
    }
  }
  return sum;
}

/** The highest value from each second to the end. */
function restOf(values: readonly number[]): readonly number[] {
  const rest = [...values];
  for (let i = rest.length - 2; i >= 0; i--) rest[i] = Math.max(rest[i] ?? 0, rest[i + 1] ?? 0);
  return rest;
}
