import type { Series } from '../../../forecasts/index.ts';
import type { ScaleUpRecord } from '../../api/learned/scale-up.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { workloadKey } from '../../api/workload-key.ts';
import { learnCapacity, type SteadyReplicas } from '../../learn/capacity/learn-capacity.ts';
import type { AnswerTimes } from '../../learn/capacity/served-steps.ts';
import { learnLeadTime } from '../../learn/lead-time/learn-lead-time.ts';
import { SeenReplicas } from '../../observe/capacity/seen-replicas.ts';
import { SeenScaleUps } from '../../observe/capacity/seen-scale-ups.ts';
import { type AnsweredSecond, answerTimes } from '../../simulate/answer-times.ts';
import { deploymentResource, type WorkloadObject } from '../controllers/workload-objects.ts';
import { namespace, startCluster } from './sandbox-run.ts';
import type { SandboxScenario } from './sandbox-scenario.ts';

const [minuteMs, hourMs] = [60_000, 3_600_000];
/** Milliseconds before a past sale in which its HPAs follow ordinary load. */
const settleMs = 3 * hourMs;
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };

/** What was seen of a past sale up to `now`, epoch ms, since `since`. */
interface SeenSale {
  readonly setup: SandboxScenario;
  readonly since: number;
  readonly now: number;
  readonly scaleUps: readonly ScaleUpRecord[];
  /** By workloadKey. */
  readonly steady: ReadonlyMap<string, readonly SteadyReplicas[]>;
  /** By service. */
  readonly answers: ReadonlyMap<string, AnswerTimes>;
}

/**
 * Lives through the past sales of the four weeks with HPAs alone on their own bounds, and learns lead times and capacities from what the
 * cluster shows, by the code with which the operator does: the scenario with that in the status of its targets.
 */
export async function learnPastSales(setup: SandboxScenario): Promise<SandboxScenario> {
  let learned = setup;
  for (const { announced } of setup.scenario.pastSales) learned = await learnSale(learned, announced);
  return learned;
}

/** Learns from one past sale, start and end in epoch ms. */
async function learnSale(
  setup: SandboxScenario,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<SandboxScenario> {
  const span = { begin: start - settleMs, from: start, until: Math.ceil(end / hourMs) * hourMs };
  const { store, clock, cluster } = startCluster(setup, span);
  const [scaleUps, replicas] = [new SeenScaleUps(clock, () => 0), new SeenReplicas(clock)];
  store.collection<WorkloadObject>(deploymentResource).subscribe(({ type, object }) => {
    const { name, uid, resourceVersion } = object.metadata;
    const [wanted, ready] = [object.spec.replicas ?? 1, object.status?.readyReplicas ?? 0];
    const value = { ...deployment, name, uid, resourceVersion, replicas: wanted, readyReplicas: ready };
    const change = { type: type === 'DELETED' ? 'Deleted' : 'Modified', namespace, name, value } as const;
    scaleUps.note(change);
    replicas.note(change);
  });
  const seconds = new Map(
    setup.scenario.services.map(service => {
      const ready = ownValue(cluster.record.ready, service.name) ?? [];
      return [service.name, answerTimes({ service, demand: setup.scenario.demand, ready, from: span.begin })] as const;
    }),
  );
  const found = new Map<string, ScaleUpRecord>();
  const answered = new Map<string, (number | null)[]>(setup.scenario.services.map(({ name }) => [name, []]));
  let learned = setup;
  for (let now = span.begin + minuteMs; now <= span.until; now += minuteMs) {
    await clock.advanceTo(now);
    for (const record of scaleUps.read(namespace).values().toArray().flat())
      found.set(`${record.workload} ${record.at}`, record);
    for (const [name, own] of seconds) answered.get(name)?.push(meanMs(own));
    if (now % hourMs !== 0 || now - hourMs < span.begin) continue;
    const answers = new Map(
      setup.scenario.services.map(({ name, p95Milliseconds }): [string, AnswerTimes] => {
        const p95 = { start: span.begin, stepSeconds: 60, values: answered.get(name) ?? [] };
        return [name, { p95, mostMs: p95Milliseconds }];
      }),
    );
    const steady = replicas.read(namespace);
    learned = learnFrom({ setup: learned, since: span.begin, now, scaleUps: [...found.values()], steady, answers });
  }
  cluster.stop();
  return learned;
}

/** Returns the scenario with what its targets show by now. */
function learnFrom({ setup, since, now, scaleUps, steady, answers }: SeenSale): SandboxScenario {
  const targets = setup.targets.map((target): ScalingTarget => {
    const { workloadRef, calls } = target.spec;
    const { name } = target.metadata;
    const own = answers.get(name);
    const seen = scaleUps.filter(({ workload }) => workload === workloadRef.name);
    const { scaleUps: kept, ...measured } = learnLeadTime(target, seen, now);
    const capacityHours =
      own === undefined
        ? []
        : learnCapacity(target, {
            demand: demandOf(setup, name, { since, until: now }),
            own,
            callees: calls.flatMap(call => answers.get(call.target) ?? []),
            steady: steady.get(workloadKey(workloadRef)) ?? [],
            settledUntil: now,
            now,
          });
    const status = { ...target.status, scaleUps: [...kept], ...measured, capacityHours: [...capacityHours] };
    return { ...target, status };
  });
  return { ...setup, targets };
}

function demandOf(
  { scenario }: SandboxScenario,
  service: string,
  { since, until }: { readonly since: number; readonly until: number },
): Series {
  const values = Array.from({ length: (until - since) / minuteMs }, (_, minute) => {
    const at = since + minute * minuteMs;
    return scenario.demand.mean(service, at, at + minuteMs);
  });
  return { start: since, stepSeconds: 60, values };
}

/** The mean p95 of the next minute in ms; null where nothing was answered in one of its seconds. */
function meanMs(seconds: Iterator<AnsweredSecond>): number | null {
  let sum = 0;
  for (let second = 0; second < 60; second++) sum += (seconds.next().value?.p95Seconds ?? Number.NaN) * 1000;
  return Number.isFinite(sum) ? sum / 60 : null;
}
