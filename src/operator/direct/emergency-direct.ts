import type { Clock } from '../../api/clock.ts';
import type { Emergency } from '../../api/field.ts';
import type { AppliedWrite } from '../../apply/applied.ts';
import { applyPlan } from '../../apply/apply-plan.ts';
import type { Connection } from '../../kube/connect.ts';
import type { Observation } from '../../observe/observation.ts';
import { observeNamespace } from '../../observe/observe-namespace.ts';
import { type ClusterWatch, watchCluster } from '../../observe/watch-cluster.ts';
import { createFindWorkload } from '../../observe/workloads/find-workload.ts';
import { acceptNamespace } from '../../plan/accept/accept-namespace.ts';
import { namespaceFloors } from '../../plan/floor/namespace-floors.ts';
import type { TargetPlan } from '../../plan/plan.ts';
import { planNamespace } from '../../plan/plan-namespace.ts';
import { createReplan } from '../replan-live.ts';
import { createFindScaleKind } from '../scale-kind.ts';
import { limitsOf, writeCap } from '../settings/limits.ts';
import { parseSettings } from '../settings/settings.ts';
import { whenRead } from '../when-read.ts';
import { createDirectContext, type DirectDryRun } from './direct-context.ts';

export interface EmergencyOptions {
  readonly connection: Connection;
  readonly namespace: string;
  readonly emergency: Emergency;
  /** Name of the only ScalingTarget meant. @default all of the namespace */
  readonly target?: string | undefined;
  readonly dryRun: DirectDryRun;
  /** Milliseconds of domain time to go on with a restore that takes several steps. */
  readonly waitMs: number;
  readonly clock: Clock;
  /** Called with a sentence about what cannot be read yet. */
  readonly tell: (sentence: string) => void;
}

/** What an emergency did to one target. */
export interface EmergencyOutcome {
  readonly target: string;
  /** Whether the live object has the bounds that the emergency asks for, or none are due. */
  readonly isDone: boolean;
  readonly message: string;
}

/** Limits of the operator's default settings. */
const limits = limitsOf(parseSettings({}));
/** Milliseconds allowed for the first reading of the cluster. */
const readMs = 60_000;
/** Passes in which the caches catch up with the command's own writes, and the ms between them. */
const settlingPasses = 4;
const settleMs = 300;
const pollMs = 5_000;

/**
 * Puts an emergency in force with the operator's own plan and writes, without the operator: no metrics, no forecast, no
 * lease. Pauses, modes, ceilings, the policy's caps and totals and the operator's default caps hold.
 */
export async function emergencyDirect(options: EmergencyOptions): Promise<readonly EmergencyOutcome[]> {
  const { connection, namespace, clock, dryRun, waitMs, tell } = options;
  const ending = new AbortController();
  const watch = watchCluster({ connection, namespaces: [namespace], onChange: () => {} });
  const watching = watch.run(ending.signal);
  try {
    await whenRead({ watch, server: connection.server, tell, withinMs: readMs });
    const context = createDirectContext(connection, dryRun);
    const until = clock.now() + waitMs;
    for (let pass = 0; ; pass += 1) {
      const { plans, writes } = await applyOnce(options, watch, context);
      const outcomes = plans.map(plan => outcomeOf(plan, { writes, action: options.emergency.action }));
      const isDone = outcomes.every(one => one.isDone) && writes.every(({ outcome }) => outcome === 'Unchanged');
      if (isDone || dryRun !== false || (pass >= settlingPasses && clock.now() >= until)) return outcomes;
      await clock.sleep(pass < settlingPasses ? settleMs : pollMs);
    }
  } finally {
    ending.abort();
    await watching;
  }
}

async function applyOnce(
  { connection, namespace, emergency, target, clock }: EmergencyOptions,
  watch: ClusterWatch,
  context: ReturnType<typeof createDirectContext>,
): Promise<{ readonly plans: readonly TargetPlan[]; readonly writes: readonly AppliedWrite[] }> {
  const observation = inEmergency(
    await observeNamespace({
      now: clock.now(),
      namespace,
      objects: watch.read(namespace),
      limits,
      demand: { observe: async () => ({ missing: 'demand is not asked for in an emergency' }) },
      findWorkload: createFindWorkload(connection),
      // No approval is asked for in an emergency.
      lookAtGuard: async () => undefined,
    }),
    emergency,
    target,
  );
  const floors = namespaceFloors({ observation, accepted: acceptNamespace(observation), forecasts: {} });
  const plan = planNamespace(floors);
  const plans = plan.targets.filter(one => target === undefined || one.target === target);
  const applied = await applyPlan(context, {
    plan: { ...plan, targets: plans },
    targets: observation.targets,
    unread: [],
    newSalePlans: [],
    cap: writeCap(limits, observation.policy),
    scaleKind: createFindScaleKind(connection),
    replan: createReplan(floors),
  });
  return { plans, writes: applied.writes };
}

/** The namespace with the emergency stated and no sale: an emergency does not depend on any. */
function inEmergency(observation: Observation, emergency: Emergency, target: string | undefined): Observation {
  const { policy, targets } = observation;
  const known = { ...observation, sales: [], salePlans: [] };
  if (target === undefined) return { ...known, policy: { ...policy, emergency } };
  const meant = targets.map(observed =>
    observed.target.metadata.name === target
      ? { ...observed, target: { ...observed.target, spec: { ...observed.target.spec, emergency } } }
      : observed,
  );
  return { ...known, targets: meant };
}

function outcomeOf(
  { target, autoscaler, action, floor, change, conditions }: TargetPlan,
  asked: { readonly writes: readonly AppliedWrite[]; readonly action: Emergency['action'] },
): EmergencyOutcome {
  const { writes } = asked;
  const said = conditions.find(({ type }) => type === 'BoundsInForce')?.message ?? '';
  const own = writes.findLast(({ name, kind, outcome }) => {
    const isOwn = kind === 'ScalingTarget' ? name === target : name === (autoscaler ?? target);
    return isOwn && outcome !== 'Unchanged';
  });
  if (own === undefined) {
    const isStillRaised = asked.action === 'Baseline' && floor !== undefined;
    const isDone = !isStillRaised && (action !== 'Write' || change === undefined);
    return { target, isDone, message: change ?? said };
  }
  return { target, isDone: false, message: `${own.outcome}: ${change ?? own.message}` };
}
