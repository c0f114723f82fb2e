import { syncAutoscaler } from '../../../../src/simulate/hpa.ts';
import { type AutoscalerMemory, emptyMemory } from '../../../../src/simulate/hpa-behavior.ts';
import { drawPodStart } from '../../../../src/simulate/pods.ts';
import type { SimulatedService } from '../../../../src/simulate/service.ts';
import type { StepChange, StepSeries } from '../../../../src/simulate/step-series.ts';
import type { OutcomeScenario } from './outcome-scenario.ts';

/** The bounds of one service's HPA. */
export interface FleetBounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** What the cluster shows at one instant. */
export interface FleetMoment {
  /** Epoch ms. */
  readonly now: number;
  readonly services: ReadonlyMap<string, { readonly replicas: number; readonly ready: number }>;
}

/** Decides the bounds of every service before each sync of the HPAs. */
export type DecideBounds = (moment: FleetMoment) => ReadonlyMap<string, FleetBounds>;

/** What a run of the cluster recorded, by service. */
export interface FleetRun {
  readonly ready: Readonly<Record<string, StepSeries>>;
  readonly minReplicas: Readonly<Record<string, StepSeries>>;
}

/** A service under its HPA. */
interface Fleet {
  readonly service: SimulatedService;
  replicas: number;
  ready: number;
  /** Epoch ms at which each starting pod becomes ready, ascending. */
  starting: readonly number[];
  memory: AutoscalerMemory;
  created: number;
  readonly ordinary: number;
  readonly readySeries: StepChange[];
  readonly minSeries: StepChange[];
}

const syncMs = 15_000;
/** Age and length in ms of the window in which the HPA sees the load. */
const [metricAgeMs, metricMs] = [15_000, 30_000];
/** Load per replica above which the HPA scales up, as a share of its capacity: 70 % of what saturates it. */
const targetShare = 0.7 / 0.8;

/**
 * Runs the services of a scenario under HPAs, one sync every 15 s with the controller's own algorithm. A pod becomes ready
 * after its own drawn start, later where it needs a new node; a removed one stops at once.
 */
export function runFleet(
  scenario: OutcomeScenario,
  { from, until }: { readonly from: number; readonly until: number },
  decide: DecideBounds,
): FleetRun {
  const fleets = scenario.services.map(service => openFleet(service, scenario, from));
  for (let now = from; now < until; now += syncMs) {
    for (const fleet of fleets) becomeReady(fleet, now);
    const bounds = decide({
      now,
      services: new Map(fleets.map(({ service, replicas, ready }) => [service.name, { replicas, ready }])),
    });
    for (const fleet of fleets) {
      const own = bounds.get(fleet.service.name);
      if (own === undefined) continue;
      record(fleet.minSeries, now, own.minReplicas);
      sync(fleet, own, { now, scenario });
    }
  }
  const seriesOf = (of: (fleet: Fleet) => StepSeries) =>
    Object.fromEntries(fleets.map(fleet => [fleet.service.name, of(fleet)]));
  return { ready: seriesOf(({ readySeries }) => readySeries), minReplicas: seriesOf(({ minSeries }) => minSeries) };
}

function openFleet(service: SimulatedService, { demand }: OutcomeScenario, from: number): Fleet {
  const load = demand.mean(service.name, from - metricAgeMs - metricMs, from - metricAgeMs);
  const ordinary = Math.max(1, Math.ceil(load / (targetShare * service.capacityPerReplica)));
  return {
    service,
    replicas: ordinary,
    ready: ordinary,
    starting: [],
    memory: emptyMemory,
    created: 0,
    ordinary,
    readySeries: [{ t: from, value: ordinary }],
    minSeries: [],
  };
}

/** Pods that have become ready since the last look are recorded at their own second. */
function becomeReady(fleet: Fleet, now: number): void {
  const done = fleet.starting.filter(at => at <= now);
  fleet.starting = fleet.starting.slice(done.length);
  for (const at of done) {
    fleet.ready += 1;
    record(fleet.readySeries, at, fleet.ready);
  }
}

function sync(
  fleet: Fleet,
  bounds: FleetBounds,
  { now, scenario }: { readonly now: number; readonly scenario: OutcomeScenario },
): void {
  const { service, replicas } = fleet;
  const value = scenario.demand.mean(service.name, now - metricAgeMs - metricMs, now - metricAgeMs);
  const decision = syncAutoscaler({
    now,
    spec: {
      ...bounds,
      metrics: [{ type: 'External', name: 'load', averageValue: targetShare * service.capacityPerReplica }],
    },
    specReplicas: replicas,
    statusReplicas: replicas,
    readyPods: fleet.ready,
    readings: [{ type: 'Value', value }],
    rivals: [],
    memory: fleet.memory,
  });
  fleet.memory = decision.memory;
  fleet.replicas = decision.desiredReplicas;
  const change = decision.desiredReplicas - replicas;
  if (change > 0) create(fleet, change, { now, scenario });
  if (change < 0) remove(fleet, -change, now);
}

function create(
  fleet: Fleet,
  count: number,
  { now, scenario }: { readonly now: number; readonly scenario: OutcomeScenario },
): void {
  const { seed, room } = scenario;
  const running = fleet.ready + fleet.starting.length;
  const added = Array.from({ length: count }, (_, nth) => {
    fleet.created += 1;
    const { readySeconds } = drawPodStart(seed, `${fleet.service.name} ${fleet.created}`, fleet.service.startSeconds);
    const needsNode = room !== undefined && running + nth >= fleet.ordinary * room.times;
    return now + (readySeconds + (needsNode ? room.nodeSeconds : 0)) * 1000;
  });
  fleet.starting = [...fleet.starting, ...added].sort((a, b) => a - b);
}

/** Those that are not ready go first. */
function remove(fleet: Fleet, count: number, now: number): void {
  const unready = Math.min(count, fleet.starting.length);
  fleet.starting = fleet.starting.slice(0, fleet.starting.length - unready);
  if (count === unready) return;
  fleet.ready -= count - unready;
  record(fleet.readySeries, now, fleet.ready);
}

function record(series: StepChange[], t: number, value: number): void {
  if (series.at(-1)?.value !== value) series.push({ t, value });
}
