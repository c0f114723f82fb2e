import { type Event, type FittedDemand, fitDemand } from '../../../../forecasts/index.ts';
import { formatInstant } from '../../../../src/api/instant.ts';
import { isMissing } from '../../../../src/api/missing.ts';
import { acceptNamespace } from '../../../../src/plan/accept/accept-namespace.ts';
import { stepAt } from '../../../../src/plan/demand/curve.ts';
import { fitBoundary } from '../../../../src/plan/demand/fit-boundary.ts';
import { forecastTargets } from '../../../../src/plan/demand/forecast-targets.ts';
import { planForecastWindows } from '../../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../../src/plan/demand/sale-events.ts';
import { namespaceFloors } from '../../../../src/plan/floor/namespace-floors.ts';
import type { SaleNeed } from '../../../../src/plan/floor/sale-need.ts';
import type { SaleOutlook, TargetPlan } from '../../../../src/plan/plan.ts';
import { planNamespace } from '../../../../src/plan/plan-namespace.ts';
import type { GivenSalePlan } from '../../shop/given-sales.ts';
import { type Given, observationOf } from '../../shop/planned-namespace.ts';
import { type DrawnSale, historyStart, measured, type OutcomeScenario, outcomeShop } from './outcome-scenario.ts';
import type { DecideBounds, FleetBounds, FleetMoment } from './run-fleet.ts';

/** What the rest of a sale was forecast to need of one service, as it was planned at `t` (epoch ms). */
export interface PlannedRest {
  readonly t: number;
  /** The quantile of the rest's highest demand, in requests per second, before headroom. */
  readonly demand: number;
}

/** Headstart's own plan, asked again and again while the sale runs. */
export interface HeadstartRun {
  readonly decide: DecideBounds;
  /** By service, in the order of planning. */
  readonly rests: ReadonlyMap<string, readonly PlannedRest[]>;
}

/** Percent that a ScalingTarget leaves free by default. */
export const headroomPercent = 15;
/** More than any sale of the benchmark needs. */
export const ceiling = 5000;
const minuteMs = 60_000;
const recentMs = 2 * 60 * minuteMs;
/** Milliseconds between two plans around the start of the sale, and later; the operator itself plans every 15 s. */
const [closeMs, laterMs] = [minuteMs, 5 * minuteMs];
const closeUntilMs = 20 * minuteMs;

/** What stands on one HPA. */
interface Standing extends FleetBounds {
  readonly floor?: number;
  readonly floorMax?: number;
  readonly writtenAt?: number;
}

/**
 * Plans a scenario as the operator does, from what it would read: the history by the minute up to now, the sales, the live
 * HPAs. Models are fitted at the boundary before the sale.
 */
export function createHeadstart(scenario: OutcomeScenario): HeadstartRun {
  const standing = new Map<string, Standing>(
    outcomeShop.map(({ name, minReplicas }) => [name, { minReplicas, maxReplicas: ceiling }]),
  );
  const rests = new Map(outcomeShop.map(({ name }) => [name, [] as PlannedRest[]]));
  const fitted = new Map<string, FittedDemand>();
  let record: GivenSalePlan | undefined;
  let plannedAt = Number.NEGATIVE_INFINITY;

  const decide: DecideBounds = moment => {
    const { now } = moment;
    const every = now < scenario.sale.start + closeUntilMs ? closeMs : laterMs;
    if (now - plannedAt >= every) {
      plannedAt = now;
      plan(moment);
    }
    return standing;
  };

  const plan = (moment: FleetMoment) => {
    const observation = observationOf(givenAt(scenario, moment, { standing, record }));
    const accepted = acceptNamespace(observation);
    const events = saleEventsByTarget(accepted);
    if (fitted.size === 0) for (const [name, model] of fitAll(scenario, moment.now, events)) fitted.set(name, model);
    const windows = planForecastWindows(observation, accepted);
    const forecasts = forecastTargets({ observation, windows, events, fitted: Object.fromEntries(fitted) });
    const floors = namespaceFloors({ observation, accepted, forecasts });
    const made = planNamespace(floors);
    const outlook = made.sales.find(({ sale }) => sale === 'drop');
    record ??= outlook === undefined || moment.now < outlook.prescaleTime ? undefined : recordOf(scenario, outlook);
    for (const target of made.targets)
      if (target.action === 'Write') standing.set(target.target, standingOf(target, moment.now));
    const needs =
      floors.sales.find(({ occurrence }) => occurrence.sale === 'drop')?.needs ?? new Map<string, SaleNeed>();
    for (const [name, need] of needs) rests.get(name)?.push(...restAt(need, scenario, moment.now));
  };
  return { decide, rests };
}

/** The models of all services, fitted at the last boundary. */
function fitAll(
  scenario: OutcomeScenario,
  now: number,
  events: ReadonlyMap<string, readonly Event[]>,
): readonly (readonly [string, FittedDemand])[] {
  const boundary = fitBoundary(now);
  return outcomeShop.map(({ name }) => {
    const before = (events.get(name) ?? []).filter(({ start }) => start < boundary);
    const history = measured(scenario, name, historyStart, boundary);
    return [name, fitDemand(history, { now: boundary, events: before })];
  });
}

/** What the SalePlan records once the sale is raised. */
function recordOf({ sale }: OutcomeScenario, { prescaleTime, targets }: SaleOutlook): GivenSalePlan {
  return {
    sale: saleOf('drop', sale),
    prescaleTime: formatInstant(prescaleTime),
    targets: Object.fromEntries(
      targets.map(({ target, steps }) => [
        target,
        steps.map(({ from, minReplicas, maxReplicas }) => [from, minReplicas, maxReplicas] as const),
      ]),
    ),
  };
}

function standingOf({ bounds, floor, floorMax }: TargetPlan, now: number): Standing {
  return {
    ...bounds,
    writtenAt: now,
    ...(floor === undefined ? {} : { floor }),
    ...(floorMax === undefined ? {} : { floorMax }),
  };
}

function restAt({ total, rest }: SaleNeed, { sale }: OutcomeScenario, now: number): readonly PlannedRest[] {
  if (isMissing(total)) return [];
  const step = Math.min(stepAt(total, Math.max(now, sale.start)), rest.length - 1);
  return [{ t: now, demand: rest[step] ?? 0 }];
}

function givenAt(
  scenario: OutcomeScenario,
  { now, services }: FleetMoment,
  {
    standing,
    record,
  }: { readonly standing: ReadonlyMap<string, Standing>; readonly record: GivenSalePlan | undefined },
): Given {
  const until = Math.floor(now / minuteMs) * minuteMs;
  return {
    now: formatInstant(now),
    limits: { replicasPerTarget: ceiling, replicasPerNamespace: 10 * ceiling },
    sales: [saleOf('drop', scenario.sale), ...scenario.pastSales.map((sale, nth) => saleOf(`past-${nth + 1}`, sale))],
    ...(record === undefined ? {} : { salePlans: [record] }),
    targets: Object.fromEntries(
      outcomeShop.map(({ name, capacityPerReplica, minReplicas, entryPoint, calls, tier }) => {
        const live = services.get(name) ?? { replicas: minReplicas, ready: minReplicas };
        const hpa = standing.get(name);
        return [
          name,
          {
            spec: {
              baseline: { minReplicas, maxReplicas: ceiling },
              ceiling,
              capacityPerReplica: String(capacityPerReplica),
              headroomPercent,
              leadTimeSeconds: scenario.leadTimeSeconds,
              entryPoint,
              tier,
              calls,
            },
            ...(hpa?.floor === undefined ? {} : { metadata: { finalizers: ['headstart.dev/restore'] } }),
            hpa: { ...hpa, currentReplicas: live.replicas, desiredReplicas: live.replicas },
            workload: { replicas: live.replicas, readyReplicas: live.ready },
            demand: {
              recent: measured(scenario, name, until - recentMs, until),
              ageSeconds: Math.round((now - until) / 1000),
              historyKey: name,
              historySeconds: (until - historyStart) / 1000,
            },
          },
        ];
      }),
    ),
  };
}

function saleOf(name: string, { start, end, statedPercent }: DrawnSale) {
  return {
    name,
    startTime: formatInstant(start),
    endTime: formatInstant(end),
    expectedPeakPercent: Math.max(100, statedPercent),
  };
}
