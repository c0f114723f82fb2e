import type { ObjectMeta } from '../../api/object-meta.ts';
import { mostRaised, type RaisedObject, type ScalingTarget } from '../../api/scaling-target.ts';
import type { AppliedWrite } from '../applied.ts';
import type { ApplyContext } from '../apply-context.ts';
import { draftEvent } from '../draft-event.ts';
import { changeTarget, regardTarget, type TargetRecord, toldOf } from './change-target.ts';
import { markPatch, type RestoreMark } from './mark-patch.ts';

/**
 * Marks a target before a raise: first the finalizer, so that its deletion is held until the restore, then the ledger,
 * so that the raised object is known whatever the target refers to later. A target that is being deleted cannot take a
 * finalizer and needs none: it is only lowered. Returns the writes that were needed; the raise may follow if all are
 * written.
 */
export async function markRaise(
  context: ApplyContext,
  { metadata, status }: Pick<ScalingTarget, 'metadata' | 'status'>,
  { raises, ...mark }: RestoreMark & { readonly raises?: RaisedObject | undefined },
): Promise<readonly AppliedWrite[]> {
  const record: TargetRecord = { metadata, raised: status?.raised ?? [] };
  const marked = await changeTarget(context, record, {
    part: 'Finalizer',
    message: 'marked: bounds are put back before the target goes',
    patchOf: live => markPatch(live.metadata, mark),
  });
  const isMarked = marked.written.outcome === 'Written' || marked.written.outcome === 'Unchanged';
  if (raises === undefined || !isMarked) return toldOf(marked);
  const { kind, name, minReplicas, maxReplicas } = raises;
  const recorded = await changeTarget(context, marked.live, {
    part: 'Ledger',
    message: `recorded: ${kind} ${name} has ${minReplicas}..${maxReplicas} before its raise`,
    patchOf: ({ raised }) => (has(raised, raises) ? undefined : { raised: [...raised, raises].slice(-mostRaised) }),
  });
  if (recorded.written.outcome === 'Written' && !context.dryRun && !has(recorded.live.raised, raises))
    tellUnkept(context, metadata);
  return [...toldOf(marked), ...toldOf(recorded)];
}

function has(raised: readonly RaisedObject[], { uid }: RaisedObject): boolean {
  return raised.some(object => object.uid === uid);
}

/** Remembers and tells that the cluster's CRD drops the ledger, so that the raise goes by annotations alone. */
function tellUnkept(context: ApplyContext, metadata: ObjectMeta): void {
  context.memory.rememberUnkept(metadata.uid ?? '');
  const note = 'the API server drops status.raised: apply crds/scalingtargets.yaml of this version';
  const regarding = regardTarget(metadata);
  context.events.recordEvent(draftEvent(regarding, 'RaiseNotRecorded', note));
}
