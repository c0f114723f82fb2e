import type { ScalingTarget } from '../api/scaling-target.ts';
import { capacityBuffers, deployments } from '../kube/resources/resource-kind.ts';
import type { ObjectRef } from '../kube/resources/resource-options.ts';
import type { RoomPlan } from '../plan/room/room-plan.ts';
import { planAnswer, sinceLastWrite } from './answer-pace.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { draftEvent } from './draft-event.ts';
import { toGone } from './live-read.ts';
import { outcomeOf, unwritten, write } from './write.ts';
import { writeEach } from './write-each.ts';
import { writeRank } from './write-rank.ts';

/** The rooms of one namespace, as planned at `now`, epoch ms. */
export interface RoomsInput {
  readonly now: number;
  readonly namespace: string;
  readonly rooms?: readonly RoomPlan[] | undefined;
}

/**
 * Opens, shrinks and closes rooms: scales each Deployment of placeholder pods, and writes the replicas of each
 * CapacityBuffer, that does not ask for what is planned. One that fails holds up no other.
 */
export async function applyRooms(context: ApplyContext, input: RoomsInput): Promise<readonly AppliedWrite[]> {
  const due = (input.rooms ?? []).filter(({ change }) => change !== undefined);
  return writeEach(due, async room => {
    try {
      for (let attempt = 1; ; attempt += 1) {
        const done = await applyRoom(context, input, room);
        if (done.outcome !== 'Conflict' || attempt === maxAttempts) return done;
      }
    } catch (error) {
      context.signal?.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      return unwritten(aboutOf(room), outcomeOf(error), message);
    }
  });
}

/** Attempts while the Deployment changes between the read and the write, as its controller does after each scaling. */
const maxAttempts = 3;

/**
 * Writes one room under the uid and resourceVersion just read. Another writer who puts fewer placeholders back is answered at
 * the pace of bounds.
 */
async function applyRoom(context: ApplyContext, { now, namespace }: RoomsInput, room: RoomPlan): Promise<AppliedWrite> {
  const { placeholder, replicas, change, pods } = room;
  const about = aboutOf(room);
  if (placeholder === undefined || replicas === undefined || change === undefined)
    return unwritten(about, 'Unchanged', 'no placeholder pods are planned');
  const ref = { name: placeholder.name, namespace };
  const { kind } = placeholder;
  const unit = kind === 'CapacityBuffer' ? 'pods of room' : 'placeholder pods';
  const live = await toGone(readRoom(context, kind, ref));
  if (live === undefined) return unwritten(about, 'Gone', `the ${kind} that keeps room is not there any more`);
  const { uid, resourceVersion, standing, percentage } = live;
  if (uid !== placeholder.uid)
    return unwritten(about, 'Refused', `the ${kind} was replaced by another of its name; it is observed anew`);
  if (standing === replicas) return unwritten(about, 'Unchanged', `${replicas} ${unit}`);
  if (replicas > 0 && percentage !== undefined)
    return unwritten(about, 'Refused', `it states percentage ${percentage} meanwhile; it is observed anew`);
  const from = answerTime(context, { now, uid, standing, replicas, pods });
  if (from > now) {
    const message = `somebody has set ${standing} ${unit} again; answered not before ${new Date(from).toISOString()}`;
    return unwritten(about, 'Deferred', message);
  }
  const written = await write(context, {
    ...about,
    message: change,
    rank: writeRank({ spec: {} }, replicas < standing),
    send: () =>
      writeRoom(context, kind, {
        ref,
        patch: { metadata: { uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) }, spec: { replicas } },
      }),
  });
  if (written.outcome === 'Written' && !context.dryRun) {
    const monotonicMs = context.clocks.monotonicMs();
    context.memory.rememberBounds(uid, { at: now, monotonicMs, minReplicas: replicas, maxReplicas: replicas });
  }
  return written;
}

type RoomKind = NonNullable<RoomPlan['placeholder']>['kind'];

/** Reads what an object asks for: a Deployment by its scale, a CapacityBuffer, which has none, by itself. */
async function readRoom({ connection, signal }: ApplyContext, kind: RoomKind, ref: ObjectRef) {
  if (kind === 'CapacityBuffer') {
    const { metadata, spec } = await connection.resource(capacityBuffers).get(ref, { signal });
    const { uid, resourceVersion } = metadata ?? {};
    return { uid, resourceVersion, standing: spec?.replicas ?? 0, percentage: spec?.percentage };
  }
  const { metadata, spec } = await connection.resource(deployments).getScale(ref, { signal });
  const { uid, resourceVersion } = metadata ?? {};
  return { uid, resourceVersion, standing: spec?.replicas ?? 0 };
}

function writeRoom(
  { connection, signal }: ApplyContext,
  kind: RoomKind,
  {
    ref,
    patch,
  }: {
    readonly ref: ObjectRef;
    readonly patch: {
      readonly metadata: { readonly uid: string; readonly resourceVersion?: string };
      readonly spec: { readonly replicas: number };
    };
  },
): Promise<unknown> {
  return kind === 'CapacityBuffer'
    ? connection.resource(capacityBuffers).merge(ref, patch, { signal })
    : connection.resource(deployments).mergeScale(ref, patch, { signal });
}

/** The time from which placeholders may be written, epoch ms: later only where somebody has undone our last opening. */
function answerTime(
  context: ApplyContext,
  input: {
    readonly now: number;
    readonly uid: string;
    readonly standing: number;
    readonly replicas: number;
    readonly pods: number;
  },
): number {
  const { now, uid, standing, replicas, pods } = input;
  const sent = context.memory.sentBounds(uid);
  if (sent === undefined || replicas <= standing || standing >= sent.minReplicas) return now;
  const sinceSentMs = sinceLastWrite({ sentMs: sent.monotonicMs }, now, context.clocks);
  return planAnswer({ now, sinceSentMs, sales: pods > 0 ? [{ prescaleTime: now, start: now }] : [] });
}

function aboutOf({ placeholder, target }: Pick<RoomPlan, 'placeholder' | 'target'>) {
  const { kind, name } = placeholder ?? { kind: deployments.kind, name: target };
  return { kind, name, part: 'Room' } as const;
}

/** Records an Event regarding the ScalingTarget for each room that was opened, closed or refused; a refusal once. */
export function tellRooms(
  context: ApplyContext,
  { rooms = [] }: RoomsInput,
  done: { readonly writes: readonly AppliedWrite[]; readonly targets: readonly ScalingTarget[] },
): void {
  if (context.dryRun) return;
  for (const { kind, name, part, outcome, message } of done.writes) {
    if (part !== 'Room') continue;
    const room = rooms.find(({ placeholder }) => placeholder?.name === name && placeholder.kind === kind);
    const target = done.targets.find(({ metadata }) => metadata.name === room?.target);
    if (room?.placeholder === undefined || target === undefined) continue;
    const { apiVersion, kind: targetKind, metadata } = target;
    const regarding = { apiVersion, kind: targetKind, metadata: { ...metadata } };
    if (outcome === 'Written') context.events.recordEvent(draftEvent(regarding, 'RoomWritten', message));
    const isRefused = outcome === 'Refused' || outcome === 'Deferred';
    if (!isRefused || !context.memory.isNews(room.placeholder.uid, `${outcome} ${message}`)) continue;
    const reason = outcome === 'Refused' ? 'WriteRefused' : 'WriteDeferred';
    context.events.recordEvent(draftEvent(regarding, reason, `${kind} ${name}: ${message}`));
  }
}
