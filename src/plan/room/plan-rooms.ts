import { fieldManager } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlaceholderObservation } from '../../observe/capacity/placeholder-observation.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { NamespaceFloors } from '../floor/namespace-floors.ts';
import { bufferTrouble } from './buffer-trouble.ts';
import { quotaRoom } from './quota-room.ts';
import { type PodGroup, quotaTakes } from './quota-takes.ts';
import { roomAnswer } from './room-answer.ts';
import type { RoomPlan } from './room-plan.ts';
import { chosenPlaceholder, roomTrouble } from './room-trouble.ts';
import { askedRooms, createdPods, type RoomSize, sizeRoom } from './size-room.ts';

type RoomContext = Pick<NamespaceFloors, 'observation' | 'accepted' | 'sales' | 'approvals' | 'desiredFloors'>;

/**
 * Plans the placeholders of a namespace, those of its targets first: what each should ask for now. Depends on what is
 * observed alone, so that a crash in between changes nothing; what is not of the kind that the policy asks for is closed.
 */
export function planRooms(context: RoomContext): readonly RoomPlan[] {
  const { observation, desiredFloors } = context;
  const { policy, placeholders = [] } = observation;
  if (policy.nodeRoom === 'None' && placeholders.length === 0) return [];
  const serving = placeholders.filter(one => policy.nodeRoom === 'None' || policy.nodeRoom === nodeRoomOf(one));
  const byTarget = Map.groupBy(serving, ({ target }) => target);
  const known = new Set(desiredFloors.map(({ name }) => name));
  const sized = desiredFloors.flatMap(desired => roomOf(desired, byTarget.get(desired.name) ?? [], context));
  const used = new Set([...byTarget.values()].map(all => chosenPlaceholder(all)));
  const strays = placeholders
    .filter(one => !known.has(one.target) || !used.has(one))
    .map(one => strayRoom(one, { isKnown: known.has(one.target), isServing: serving.includes(one) }, context));
  return [...withinQuotas(sized, context), ...strays];
}

interface SizedRoom {
  readonly desired: DesiredFloor;
  readonly placeholder?: PlaceholderObservation;
  readonly size: RoomSize;
  readonly room: RoomPlan;
}

function roomOf(
  desired: DesiredFloor,
  placeholders: readonly PlaceholderObservation[],
  context: RoomContext,
): readonly SizedRoom[] {
  const { observation } = context;
  const { name, observed } = desired;
  const asked = askedRooms(desired, context);
  const placeholder = chosenPlaceholder(placeholders);
  if (placeholder === undefined && asked.length === 0) return [];
  const size = sizeRoom(desired, placeholder, context);
  const isBuffer =
    (placeholder === undefined ? observation.policy.nodeRoom : nodeRoomOf(placeholder)) === 'CapacityBuffer';
  const trouble = (isBuffer ? bufferTrouble : roomTrouble)(observed, placeholders, observation.rights);
  const told = trouble === undefined || asked.length === 0 ? {} : { trouble };
  const nodeMs = Math.max(0, ...asked.map(({ nodeSeconds }) => nodeSeconds)) * 1000;
  const {
    lacking: without,
    message,
    ...answer
  } = placeholder === undefined ? { ready: 0, lacking: 0 } : roomAnswer(placeholder, observation.now, nodeMs);
  const room = { target: name, pods: size.pods, ...answer, ...told };
  if (placeholder === undefined || trouble?.action === 'Leave') return [{ desired, size, room }];
  const isClosed = trouble?.action === 'Close';
  const lacking = size.pods === 0 || isClosed ? 0 : without;
  const words = message === undefined ? {} : { message };
  return [
    {
      desired,
      placeholder,
      size: isClosed ? { ...size, replicas: 0, why: trouble?.message ?? '' } : size,
      room: {
        ...room,
        ...(lacking === 0 ? {} : { lacking: { pods: lacking, seconds: nodeMs / 1000, ...words } }),
      },
    },
  ];
}

/**
 * Adds what is to be written, in the order of the targets, as far as the quotas allow. A CapacityBuffer makes no pods, so
 * that no quota counts it.
 */
function withinQuotas(sized: readonly SizedRoom[], { observation, ...context }: RoomContext): readonly RoomPlan[] {
  const { quotas = [], limitRanges, now } = observation;
  const takes = quotaTakes(limitRanges);
  const shapeOf = ({ observed: { workload } }: DesiredFloor) => (isMissing(workload) ? undefined : workload.pod);
  const coming = context.desiredFloors.map((desired): PodGroup => {
    const open = askedRooms(desired, { observation, ...context }).filter(({ openTime }) => openTime <= now);
    const replicas = Math.max(desired.replicas ?? 0, ...open.map(room => room.replicas));
    return { pods: Math.max(0, replicas - createdPods(desired.observed)), shape: shapeOf(desired) };
  });
  const standing = sized.flatMap(({ placeholder }) =>
    placeholder === undefined || placeholder.buffer !== undefined
      ? []
      : [{ pods: countedPods(placeholder), shape: placeholder.pod }],
  );
  const granted: PodGroup[] = [];
  return sized.map(({ placeholder, size, room }): RoomPlan => {
    if (placeholder === undefined) return room;
    if (placeholder.buffer !== undefined) return { ...room, ...written(placeholder, size.replicas, size.why) };
    const most = quotaRoom(placeholder.pod, { quotas, takes, coming, standing, granted });
    const isCut = most !== undefined && most.replicas < size.replicas;
    const replicas = isCut ? most.replicas : size.replicas;
    granted.push({ pods: replicas, shape: placeholder.pod });
    const why = isCut ? `ResourceQuota ${most.by} leaves no more beside the pods of the sale` : size.why;
    return {
      ...room,
      ...written(placeholder, replicas, why),
      ...(isCut && room.pods > 0 ? { cut: { asked: size.replicas, by: most.by } } : {}),
    };
  });
}

/**
 * Closes placeholders of a target that is gone, and those beside the one that is used. While the target cannot be read and
 * the policy asks for room, and while caches are old, they stay.
 */
function strayRoom(
  placeholder: PlaceholderObservation,
  { isKnown, isServing }: { readonly isKnown: boolean; readonly isServing: boolean },
  { observation, accepted }: RoomContext,
): RoomPlan {
  const { target, conflict } = placeholder;
  const asksForNone = observation.policy.nodeRoom === 'None';
  const isUnreadable =
    !asksForNone && observation.unreadable.some(({ kind, name }) => kind === 'ScalingTarget' && name === target);
  const { ready } = roomAnswer(placeholder, observation.now, 0);
  const room = { target, pods: 0, ...(ready === undefined ? {} : { ready }) };
  const isDoubtful = accepted.onlyRaises !== undefined || ((isKnown || asksForNone) && accepted.heldBy !== undefined);
  if (conflict !== undefined || isUnreadable || isDoubtful) return room;
  const beside = isServing
    ? `another ${kindOf(placeholder)} keeps room of ${target}`
    : `nodeRoom is ${observation.policy.nodeRoom}`;
  const gone = asksForNone ? 'nodeRoom is None' : `there is no ScalingTarget ${target}`;
  const why = isKnown ? beside : gone;
  return { ...room, ...written(placeholder, 0, why) };
}

function written(
  placeholder: PlaceholderObservation,
  replicas: number,
  why: string,
): Pick<RoomPlan, 'placeholder' | 'replicas' | 'change'> {
  const { name, uid, replicas: live, replicasWriter } = placeholder;
  const kind = kindOf(placeholder);
  const unit = kind === 'CapacityBuffer' ? 'pods of room' : 'placeholder pods';
  const by = replicasWriter === undefined || replicasWriter === fieldManager ? '' : ` (set by ${replicasWriter})`;
  return {
    placeholder: { kind, name, uid, live },
    replicas,
    ...(replicas === live ? {} : { change: `${name} ${live}${by} → ${replicas} ${unit}: ${why}` }),
  };
}

/** Placeholder pods that a quota counts already: those that are created, where pods can be read. */
function countedPods({ replicas, pods }: PlaceholderObservation): number {
  return pods === undefined ? replicas : pods.readySince.length + pods.unready.length;
}

function kindOf({ buffer }: PlaceholderObservation): 'Deployment' | 'CapacityBuffer' {
  return buffer === undefined ? 'Deployment' : 'CapacityBuffer';
}

/** The `nodeRoom` that an object serves. */
function nodeRoomOf(placeholder: PlaceholderObservation): 'PlaceholderPods' | 'CapacityBuffer' {
  return kindOf(placeholder) === 'Deployment' ? 'PlaceholderPods' : 'CapacityBuffer';
}
