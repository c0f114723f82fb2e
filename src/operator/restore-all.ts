import type { Clock } from '../api/clock.ts';
import type { AppliedWrite } from '../apply/applied.ts';
import type { ApplyContext } from '../apply/apply-context.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import { hasFinalizer } from '../apply/ledger/mark-patch.ts';
import type { Connection } from '../kube/connect.ts';
import type { Observation, TargetObservation } from '../observe/observation.ts';
import { observeNamespace } from '../observe/observe-namespace.ts';
import { type ClusterWatch, watchCluster } from '../observe/watch-cluster.ts';
import { createFindWorkload } from '../observe/workloads/find-workload.ts';
import { acceptNamespace } from '../plan/accept/accept-namespace.ts';
import { isRaised, type Scaler, scalerOf } from '../plan/accept/scaler.ts';
import { namespaceFloors } from '../plan/floor/namespace-floors.ts';
import { planNamespace } from '../plan/plan-namespace.ts';
import { createDirectContext, type DirectDryRun } from './direct/direct-context.ts';
import { openRooms } from './direct/open-rooms.ts';
import { unreadRecords } from './memory/unread-records.ts';
import { createReplan } from './replan-live.ts';
import { restoreUnrecorded } from './restore-unrecorded.ts';
import { createFindScaleKind } from './scale-kind.ts';
import { limitsOf } from './settings/limits.ts';
import { parseSettings } from './settings/settings.ts';
import { whenRead } from './when-read.ts';

export interface RestoreOptions {
  readonly connection: Connection;
  /** Namespace to restore; all when absent. */
  readonly namespace?: string | undefined;
  readonly dryRun: DirectDryRun;
  /** Milliseconds of domain time to wait for HPAs that still need more than the baseline. */
  readonly waitMs: number;
  readonly clock: Clock;
  /** Called with a sentence about what cannot be read yet, after 4 s and then every 10 s. @default prints nothing */
  readonly tell?: (sentence: string) => void;
}

/** Result for one raised target, or for an HPA without a known baseline. */
export interface Restored {
  readonly namespace: string;
  readonly name: string;
  readonly isRestored: boolean;
  readonly message: string;
}

/**
 * Restores every raised target to its baseline with the operator's own plan and writes, as if each mode were
 * ForecastOnly, with no pause and no ramp. Needs no operator, metrics or lease.
 */
export async function restoreAll({
  connection,
  namespace,
  dryRun,
  waitMs,
  clock,
  tell = () => {},
}: RestoreOptions): Promise<readonly Restored[]> {
  const ending = new AbortController();
  const watch = watchCluster({
    connection,
    namespaces: namespace === undefined ? [] : [namespace],
    onChange: () => {},
  });
  const watching = watch.run(ending.signal);
  try {
    await whenRead({ watch, server: connection.server, tell, withinMs: Math.max(leastReadMs, waitMs) });
    const restored = new Map<string, Restored>();
    const until = clock.now() + waitMs;
    const context = createDirectContext(connection, dryRun);
    for (let pass = 0; ; pass += 1) {
      const raised = await restoreOnce({ context, watch, clock, restored });
      if (raised === 0 || dryRun !== false || (pass >= settlingPasses && clock.now() >= until)) break;
      await clock.sleep(pass < settlingPasses ? settleMs : pollMs);
    }
    return [...restored.values()];
  } finally {
    ending.abort();
    await watching;
  }
}

/** Limits of the operator's default settings. */
const limits = limitsOf(parseSettings({}));
/** Minimum milliseconds allowed for the first reading of the cluster; a longer `waitMs` replaces it. */
const leastReadMs = 60_000;
/**
 * Passes in which the caches catch up with the command's own writes; the finalizer is removed in the pass after the
 * last lowering.
 */
const settlingPasses = 6;
const settleMs = 300;
const pollMs = 5_000;

/** Runs one pass over every namespace and returns the number of targets that are not restored yet. */
async function restoreOnce(input: {
  readonly context: ApplyContext;
  readonly watch: ClusterWatch;
  readonly clock: Clock;
  readonly restored: Map<string, Restored>;
}): Promise<number> {
  const { context, watch, clock, restored } = input;
  // An HPA may still be raised in a namespace without any Headstart object.
  for (const namespace of new Set([...watch.namespaces(), ...watch.scaledNamespaces()])) {
    const observation = await observeGivenUp(context.connection, watch, namespace, clock.now());
    const writes = await restoreNamespace(context, observation);
    const seen = [
      ...openRooms(observation, writes),
      ...observation.targets.filter(owesRestore).map(target => describeTarget(target, writes)),
      ...listUnread(observation),
      ...(await restoreUnrecorded(context, observation)),
    ];
    const stillOwing = new Set(seen.map(({ name }) => name));
    for (const one of seen) restored.set(`${namespace}/${one.name}`, { namespace, ...one, isRestored: false });
    for (const [key, one] of restored)
      if (one.namespace === namespace && !stillOwing.has(one.name))
        restored.set(key, { ...one, isRestored: true, message: 'restored to the baseline' });
  }
  return [...restored.values()].filter(({ isRestored }) => !isRestored).length;
}

/**
 * Observes a namespace with every target set to ForecastOnly; does not read demand, because a restore does not depend
 * on it.
 */
async function observeGivenUp(
  connection: Connection,
  watch: ClusterWatch,
  namespace: string,
  now: number,
): Promise<Observation> {
  const observation = await observeNamespace({
    now,
    namespace,
    objects: watch.read(namespace),
    limits: {
      ...limits,
      replicasPerTarget: Number.MAX_SAFE_INTEGER,
      replicasPerNamespace: Number.MAX_SAFE_INTEGER,
    },
    demand: { observe: async () => ({ missing: 'demand is not asked for in a restore' }) },
    findWorkload: createFindWorkload(connection),
    // No approval is asked for in a restore.
    lookAtGuard: async () => undefined,
  });
  const { rampDown: _, ...policy } = observation.policy;
  return {
    ...observation,
    sales: [],
    salePlans: [],
    unreadable: observation.unreadable.filter(({ pendingRestore }) => pendingRestore !== undefined),
    policy: { ...policy, paused: 'None', nodeRoom: 'None' },
    targets: observation.targets.map(observed => ({
      ...observed,
      target: { ...observed.target, spec: { ...observed.target.spec, mode: 'ForecastOnly', paused: 'None' } },
    })),
  };
}

async function restoreNamespace(context: ApplyContext, observation: Observation): Promise<readonly AppliedWrite[]> {
  const floors = namespaceFloors({ observation, accepted: acceptNamespace(observation), forecasts: {} });
  const applied = await applyPlan(context, {
    plan: planNamespace(floors),
    targets: observation.targets,
    unread: unreadRecords(observation),
    strays: observation.strays,
    newSalePlans: [],
    cap: Number.POSITIVE_INFINITY,
    scaleKind: createFindScaleKind(context.connection),
    replan: createReplan(floors),
  });
  return applied.writes;
}

function owesRestore(observed: TargetObservation): boolean {
  const scaler = scalerOf(observed);
  return hasFinalizer(observed.target) || (scaler !== undefined && isRaised(scaler));
}

type Owing = Pick<Restored, 'name' | 'message'>;

function describeTarget(observed: TargetObservation, writes: readonly AppliedWrite[]): Owing {
  const { metadata, spec } = observed.target;
  const scaler = scalerOf(observed);
  const names = [scaler?.name, metadata.name, spec.workloadRef.name];
  const write = writes.findLast(({ name, outcome }) => names.includes(name) && outcome !== 'Unchanged');
  if (write !== undefined)
    return { name: metadata.name, message: `${write.outcome}: ${describeRestore(write, scaler) ?? write.message}` };
  const needed = Math.max(scaler?.currentReplicas ?? 0, scaler?.desiredReplicas ?? 0);
  const message = `its maximum stays ${scaler?.maxReplicas} while its HPA has or wants ${needed} replicas, above the baseline's ${spec.baseline.maxReplicas}`;
  return { name: metadata.name, message };
}

/**
 * Describes what was restored. The reason in the write's message is the assumed mode, but the actual one is this
 * command.
 */
function describeRestore({ decided, outcome }: AppliedWrite, live: Scaler | undefined): string | undefined {
  if (outcome !== 'Written' || decided === undefined || live === undefined) return undefined;
  const { bounds, replicas } = decided;
  return replicas === undefined
    ? `${live.minReplicas}..${live.maxReplicas} → ${bounds.minReplicas}..${bounds.maxReplicas}`
    : `${live.currentReplicas} → ${replicas} replicas`;
}

/** Lists marked targets that cannot be restored; one in deletion is left out, since its finalizer goes and its HPA is listed. */
function listUnread({ unreadable }: Observation): readonly Owing[] {
  return unreadable
    .filter(({ pendingRestore }) => pendingRestore?.deletionTimestamp === undefined)
    .map(({ name, message }) => ({ name, message: `its workload or its baseline cannot be read: ${message}` }));
}
