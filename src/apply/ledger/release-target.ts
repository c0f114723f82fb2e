import { letGoAnnotation } from '../../api/group.ts';
import type { ObjectMeta } from '../../api/object-meta.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { EventDraft } from '../../kube/events/event-recorder.ts';
import type { AppliedWrite } from '../applied.ts';
import type { ApplyContext } from '../apply-context.ts';
import { draftEvent } from '../draft-event.ts';
import { changeTarget, regardTarget, type TargetRecord, toldOf } from './change-target.ts';
import { markPatch } from './mark-patch.ts';

/**
 * Removes the ledger and the mark of a target with nothing left to restore, or the mark of one that a person lets go as
 * it is. A target in deletion goes with its finalizer, and its ledger with it.
 */
export async function releaseTarget(
  context: ApplyContext,
  { metadata, status }: Pick<ScalingTarget, 'metadata' | 'status'>,
): Promise<readonly AppliedWrite[]> {
  const record: TargetRecord = { metadata, raised: status?.raised ?? [] };
  const isDeleted = metadata.deletionTimestamp !== undefined;
  if (isDeleted && metadata.annotations?.[letGoAnnotation] === 'true') {
    const note = `let go without a restore, as ${letGoAnnotation}=true asks for: what is raised stays as it is`;
    const regarding = regardTarget(metadata);
    return releaseTold(context, record, draftEvent(regarding, 'LetGo', note));
  }
  const uids = record.raised.map(({ uid }) => uid);
  const dropped = isDeleted ? undefined : await changeTarget(context, record, droppedRaised(uids));
  const { outcome = 'Unchanged' } = dropped?.written ?? {};
  if (dropped !== undefined && outcome !== 'Written' && outcome !== 'Unchanged') return [dropped.written];
  const removed = await removeMark(context, dropped?.live ?? record, 'mark removed: nothing is left to put back');
  return [...(dropped === undefined ? [] : toldOf(dropped)), ...toldOf(removed)];
}

/**
 * Removes the finalizer of a target whose workload or baseline cannot be read, so that it does not block the deletion
 * of its namespace. Raised replicas and annotations stay, so that `headstart restore --all` still lists them.
 */
export function releaseUnread(context: ApplyContext, metadata: ObjectMeta): Promise<readonly AppliedWrite[]> {
  const note = 'released without a restore: its workload or its baseline cannot be read; what is raised stays as it is';
  const regarding = regardTarget(metadata);
  return releaseTold(context, { metadata, raised: [] }, draftEvent(regarding, 'ReleasedUnread', note));
}

/** Removes objects from a target's ledger, once they are restored or gone. */
export async function dropRaised(
  context: ApplyContext,
  target: TargetRecord,
  uids: readonly string[],
): Promise<readonly AppliedWrite[]> {
  return toldOf(await changeTarget(context, target, droppedRaised(uids)));
}

/** Releases a target that may be raised still, and records the Event that says so. */
async function releaseTold(
  context: ApplyContext,
  record: TargetRecord,
  event: EventDraft,
): Promise<readonly AppliedWrite[]> {
  const removed = await removeMark(context, record, event.note);
  if (removed.written.outcome === 'Written' && !context.dryRun) context.events.recordEvent(event);
  return toldOf(removed);
}

function removeMark(context: ApplyContext, record: TargetRecord, message: string) {
  const mark = { finalizer: false };
  return changeTarget(context, record, {
    part: 'Finalizer',
    message,
    patchOf: ({ metadata }) => markPatch(metadata, mark),
  });
}

function droppedRaised(uids: readonly string[]) {
  const isDropped = ({ uid }: { readonly uid: string }) => uids.includes(uid);
  return {
    part: 'Ledger',
    message: 'no longer recorded as raised: restored or gone',
    patchOf: ({ raised }: TargetRecord) =>
      raised.some(isDropped) ? { raised: nullIfEmpty(raised.filter(object => !isDropped(object))) } : undefined,
  } as const;
}

function nullIfEmpty<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
