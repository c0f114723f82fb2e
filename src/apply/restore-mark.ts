import { apiVersion, floorAnnotation, letGoAnnotation, restoreFinalizer } from '../api/group.ts';
import { type ObjectMeta, objectMetaSchema } from '../api/object-meta.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { EventDraft } from '../kube/events/event-recorder.ts';
import { scalingTargets } from '../kube/resources/resource-kind.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { draftEvent } from './draft-event.ts';
import { toGone } from './live-read.ts';
import { unwritten, write } from './write.ts';

/**
 * Mark on a ScalingTarget that must still be restored: our finalizer and, when its workload has no HPA to carry
 * annotations, the floor.
 */
export interface RestoreMark {
  readonly finalizer: boolean;
  readonly floor?: number | undefined;
}

/** Returns true while the target must still be restored. */
export function hasFinalizer({ metadata }: Pick<ScalingTarget, 'metadata'>): boolean {
  return metadata.finalizers?.includes(restoreFinalizer) ?? false;
}

/**
 * Sets the mark on a target before its first raise, so that its deletion is held until the restore. A target that is
 * being deleted cannot take a finalizer and needs none: it is only lowered.
 */
export function setRestoreMark(context: ApplyContext, target: ScalingTarget, mark: RestoreMark): Promise<AppliedWrite> {
  const isOff = !mark.finalizer && mark.floor === undefined;
  return changeMark(
    context,
    target,
    isOff ? 'mark removed: nothing is left to put back' : 'marked: bounds are put back before the target goes',
    mark,
  );
}

/**
 * Removes the finalizer of a target whose workload or baseline cannot be read, so that it does not block the deletion
 * of its namespace. Raised replicas and annotations stay, so that `headstart restore --all` still lists them.
 */
export async function releaseUnread(context: ApplyContext, metadata: ObjectMeta): Promise<AppliedWrite> {
  const note = 'released without a restore: its workload or its baseline cannot be read; what is raised stays as it is';
  const written = await changeMark(context, { metadata }, note, { finalizer: false });
  const regarding = regard(metadata);
  tellRelease(context, written, draftEvent(regarding, 'ReleasedUnread', note));
  return written;
}

/** Removes the mark of a target with nothing left to restore, or of one that a person lets go as it is. */
export async function releaseTarget(context: ApplyContext, target: ScalingTarget): Promise<AppliedWrite> {
  const { metadata } = target;
  const isLetGo = metadata.deletionTimestamp !== undefined && metadata.annotations?.[letGoAnnotation] === 'true';
  if (!isLetGo) return setRestoreMark(context, target, { finalizer: false });
  const note = `let go without a restore, as ${letGoAnnotation}=true asks for: what is raised stays as it is`;
  const written = await changeMark(context, target, note, { finalizer: false });
  const regarding = regard(metadata);
  tellRelease(context, written, draftEvent(regarding, 'LetGo', note));
  return written;
}

/** Records the Event of a target that was released although it may be raised. */
function tellRelease(context: ApplyContext, { outcome }: AppliedWrite, event: EventDraft): void {
  if (outcome === 'Written' && !context.dryRun) context.events.recordEvent(event);
}

function regard(metadata: ObjectMeta): EventDraft['regarding'] {
  return { apiVersion, kind: 'ScalingTarget', metadata };
}

/** Returns true when the target carries exactly this mark. */
export function hasMark({ metadata }: Pick<ScalingTarget, 'metadata'>, mark: RestoreMark): boolean {
  return patchOf(metadata, mark) === undefined;
}

/**
 * Changes the mark. A merge patch replaces the whole list of finalizers, so each attempt is valid only for the version
 * whose list was read.
 */
async function changeMark(
  context: ApplyContext,
  target: Pick<ScalingTarget, 'metadata'>,
  message: string,
  mark: RestoreMark,
): Promise<AppliedWrite> {
  const { name, namespace, uid } = target.metadata;
  const about = { kind: 'ScalingTarget', name, part: 'Finalizer' } as const;
  const resource = context.connection.resource(scalingTargets);
  let live: ObjectMeta | undefined = target.metadata;
  let last = unwritten(about, 'Conflict', 'the target moved on three times while it was being marked');
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    if (live === undefined || live.uid !== uid) return unwritten(about, 'Gone', 'the target is not there any more');
    const patch = patchOf(live, mark);
    if (patch === undefined) return unwritten(about, 'Unchanged', message);
    const metadata = { uid, resourceVersion: live.resourceVersion, ...patch };
    last = await write(context, {
      ...about,
      message,
      send: () => resource.merge({ name, namespace }, { metadata }, { signal: context.signal }),
    });
    if (last.outcome !== 'Conflict') return last;
    const read = await toGone(resource.get({ name, namespace }, { signal: context.signal }));
    live = read === undefined ? undefined : objectMetaSchema.parse(read.metadata);
  }
  return last;
}

const maxAttempts = 3;

/** Builds the metadata to change; undefined when the mark is already as it should be. */
function patchOf({ finalizers = [], annotations, deletionTimestamp }: ObjectMeta, { finalizer, floor }: RestoreMark) {
  const has = finalizers.includes(restoreFinalizer);
  const mayAdd = deletionTimestamp === undefined;
  const isFinalizerRight = has === finalizer || (finalizer && !mayAdd);
  const wanted = floor === undefined ? undefined : String(floor);
  const isFloorRight = annotations?.[floorAnnotation] === wanted;
  if (isFinalizerRight && isFloorRight) return undefined;
  const others = finalizers.filter(name => name !== restoreFinalizer);
  return {
    ...(isFinalizerRight ? {} : { finalizers: finalizer ? [...others, restoreFinalizer] : others }),
    ...(isFloorRight ? {} : { annotations: { [floorAnnotation]: wanted ?? null } }),
  };
}
