import type { V1Scale } from '@kubernetes/client-node';
import type { ScalingTarget, ScalingTargetSpec } from '../api/scaling-target.ts';
import type { ResourceKind } from '../kube/resources/resource-kind.ts';
import type { Wire } from '../kube/resources/wire.ts';
import type { TargetPlan } from '../plan/plan.ts';
import { planAnswer, sinceLastWrite } from './answer-pace.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { toGone } from './live-read.ts';
import { unwritten, write } from './write.ts';
import { writeRank } from './write-rank.ts';

/** One workload without an HPA and the plan for its replicas. */
export interface ScaleInput {
  /** Epoch ms, domain time. */
  readonly now: number;
  readonly target: {
    readonly metadata: Pick<ScalingTarget['metadata'], 'namespace'>;
    readonly spec: Pick<ScalingTargetSpec, 'baseline' | 'ceiling' | 'workloadRef'> &
      Partial<Pick<ScalingTargetSpec, 'tier'>>;
  };
  readonly workload: { readonly uid: string; readonly replicas: number };
  readonly kind: ResourceKind;
  readonly plan: TargetPlan;
  /** Plans again with the live replicas. */
  readonly replan: (live: { readonly uid: string; readonly replicas: number }) => TargetPlan;
  /** Maximum replicas of one target: the smaller of the operator's and the policy's cap. */
  readonly cap: number;
  /** Sales that reach this target; they set the pace of answers to other writers. */
  readonly sales: readonly { readonly prescaleTime: number; readonly start: number }[];
}

/**
 * Reads the scale subresource, plans for its live state, and writes the replicas under the uid and resourceVersion just
 * read. Tries again when the workload has changed meanwhile, at most three attempts.
 */
export async function applyScale(context: ApplyContext, input: ScaleInput): Promise<AppliedWrite> {
  const { name } = input.target.spec.workloadRef;
  const ref = { name, namespace: input.target.metadata.namespace };
  const about = { kind: input.kind.kind, name, part: 'Scale' } as const;
  const resource = context.connection.resource(input.kind);
  let last = unwritten(about, 'Conflict', 'the workload moved on three times while it was being scaled');
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const live = await toGone(resource.getScale(ref, { signal: context.signal }));
    if (live === undefined) return unwritten(about, 'Gone', 'the workload is not there any more');
    if (live.metadata?.uid !== input.workload.uid)
      return unwritten(about, 'Refused', 'the workload was replaced by another of its name; it is observed anew');

    const replicas = live.spec?.replicas ?? 0;
    const plan =
      replicas === input.workload.replicas ? input.plan : input.replan({ uid: input.workload.uid, replicas });
    const decided = { ...about, decided: plan };
    if (plan.action !== 'Write' || plan.replicas === undefined || plan.replicas === replicas)
      return unwritten(decided, 'Unchanged', `${replicas} replicas`);
    const refusal = refuseReplicas(plan.replicas, replicas, input);
    if (refusal !== undefined) return unwritten(decided, 'Refused', refusal);

    const from = planAnswerTo(context, input, replicas, plan.replicas);
    if (from > input.now) return unwritten(decided, 'Deferred', describeDeferral(replicas, from));

    last = await write(context, {
      ...decided,
      message: describeWrite(plan, replicas),
      rank: writeRank(input.target, plan.replicas < replicas),
      send: () =>
        resource.mergeScale(ref, toPatch(live, plan.replicas ?? replicas), {
          signal: context.signal,
        }),
    });
    if (last.outcome === 'Written' && !context.dryRun)
      context.memory.rememberBounds(input.workload.uid, {
        at: input.now,
        monotonicMs: context.clocks.monotonicMs(),
        minReplicas: plan.replicas,
        maxReplicas: plan.replicas,
      });
    if (last.outcome !== 'Conflict') return last;
  }
  return last;
}

const maxAttempts = 3;

function describeWrite({ change, replicas }: TargetPlan, live: number): string {
  return change ?? `${live} → ${replicas} replicas`;
}

function toPatch({ metadata }: Wire<V1Scale>, replicas: number) {
  return { metadata: { uid: metadata?.uid, resourceVersion: metadata?.resourceVersion }, spec: { replicas } };
}

/**
 * Returns the time from which the replicas may be written. Lowering is never delayed; a raise that another writer has
 * undone is spaced from our last write.
 */
function planAnswerTo(
  context: ApplyContext,
  { now, workload, sales }: ScaleInput,
  live: number,
  wanted: number,
): number {
  const sent = context.memory.sentBounds(workload.uid);
  if (sent === undefined || wanted <= live || live >= sent.minReplicas) return now;
  const sinceSentMs = sinceLastWrite({ sentMs: sent.monotonicMs }, now, context.clocks);
  return planAnswer({ now, sinceSentMs, sales });
}

function describeDeferral(replicas: number, from: number): string {
  return `somebody has set ${replicas} replicas again; answered not before ${new Date(from).toISOString()}`;
}

/**
 * Checks the replicas just before the write: a raise must not exceed ceiling and cap, a lowering must not go below the
 * baseline.
 */
function refuseReplicas(wanted: number, live: number, { target, cap }: ScaleInput): string | undefined {
  const { baseline, ceiling } = target.spec;
  if (!Number.isSafeInteger(wanted)) return `${wanted} is no whole number of replicas`;
  if (wanted < baseline.minReplicas) return `${wanted} replicas are below the baseline's ${baseline.minReplicas}`;
  const limit = Math.max(baseline.maxReplicas, Math.min(ceiling, cap));
  if (wanted > live && wanted > limit) return `${wanted} replicas are above the ${limit} allowed by ceiling and caps`;
  return undefined;
}
