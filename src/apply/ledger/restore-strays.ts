import { autoscalerKindOf } from '../../api/autoscalers/autoscaler-kind.ts';
import { isAutoscaler } from '../../api/scaling-target.ts';
import type { StrayPlan } from '../../plan/plan.ts';
import type { AppliedWrite } from '../applied.ts';
import { applyBounds } from '../apply-bounds.ts';
import type { ApplyContext } from '../apply-context.ts';
import type { ApplyPlanInput, ObservedStray } from '../apply-plan-input.ts';
import { applyScale } from '../apply-scale.ts';
import { draftEvent } from '../draft-event.ts';
import { readBounds } from '../read-bounds.ts';
import { unwritten } from '../write.ts';
import { regardTarget, type TargetRecord } from './change-target.ts';
import { dropRaised } from './release-target.ts';

/** One stray, its plan and the target that recorded it. */
interface StrayInput extends StrayPlan {
  readonly record: TargetRecord;
  readonly observed: ObservedStray | undefined;
}

/**
 * Takes each raised object that its target refers to no longer one step back, and removes it from the ledger once it is
 * restored or gone.
 */
export async function restoreStrays(context: ApplyContext, input: ApplyPlanInput): Promise<readonly AppliedWrite[]> {
  const writes: AppliedWrite[] = [];
  const released = new Map<TargetRecord, readonly string[]>();
  for (const stray of input.plan.strays ?? []) {
    const record = recordOf(stray.plan.target, input);
    const observed = input.strays?.find(({ raised }) => raised.uid === stray.raised.uid);
    if (record === undefined) continue;
    if (stray.plan.action === 'Write') writes.push(await restoreStray(context, input, { ...stray, record, observed }));
    else if (stray.plan.action === 'Release' && (await isReleasable(context, record, { observed, ...stray })))
      released.set(record, [...(released.get(record) ?? []), stray.raised.uid]);
  }
  for (const [record, uids] of released) writes.push(...(await dropRaised(context, record, uids)));
  return writes.filter(({ outcome }) => outcome !== 'Unchanged');
}

function recordOf(target: string, { targets, unread }: ApplyPlanInput): TargetRecord | undefined {
  const observed = targets.find(({ target: { metadata } }) => metadata.name === target)?.target;
  if (observed !== undefined) return { metadata: observed.metadata, raised: observed.status?.raised ?? [] };
  return unread.find(({ metadata }) => metadata.name === target);
}

async function restoreStray(
  context: ApplyContext,
  { plan: { now }, scaleKind }: ApplyPlanInput,
  { raised, plan, record, observed }: StrayInput,
): Promise<AppliedWrite> {
  const { namespace } = record.metadata;
  const from = { minReplicas: raised.minReplicas, maxReplicas: raised.maxReplicas };
  const { apiVersion, kind, name } = raised;
  // A stray that has changed since it was observed is left to the next reconcile.
  const replan = () => ({ ...plan, action: 'Hold' as const });
  const common = { now, plan, replan, cap: Number.POSITIVE_INFINITY, sales: [] };
  const spec = { baseline: from, ceiling: from.maxReplicas };
  const written = await (async () => {
    if (observed?.autoscaler !== undefined) {
      const target = { metadata: { namespace }, spec };
      return applyBounds(context, { ...common, ...observed, target, autoscaler: observed.autoscaler, from });
    }
    const scaled = await scaleKind({ apiVersion, kind, name });
    if (scaled === undefined || observed?.workload === undefined)
      return unwritten({ kind, name, part: 'Scale' }, 'Gone', `the cluster serves no ${kind} in ${apiVersion}`);
    const target = { metadata: { namespace }, spec: { ...spec, workloadRef: { apiVersion, kind, name } } };
    return applyScale(context, { ...common, target, workload: observed.workload, kind: scaled });
  })();
  if (written.outcome === 'Written' && !context.dryRun) {
    const regarding = regardTarget(record.metadata);
    context.events.recordEvent(draftEvent(regarding, 'BoundsWritten', written.message));
  }
  return written;
}

/** Returns true when the object is restored, or when the API server confirms that it is gone. */
async function isReleasable(
  context: ApplyContext,
  { metadata: { namespace } }: TargetRecord,
  { raised, observed }: Pick<StrayInput, 'raised' | 'observed'>,
): Promise<boolean> {
  if (observed?.autoscaler !== undefined || observed?.workload !== undefined || !isAutoscaler(raised)) return true;
  const live = await readBounds(context, { kind: autoscalerKindOf(raised), name: raised.name, namespace });
  return live === undefined || live.state.uid !== raised.uid;
}
