import { fieldManager } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlaceholderObservation } from '../../observe/capacity/placeholder-observation.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { NamespaceFloors } from '../floor/namespace-floors.ts';
import { quotaRoom } from './quota-room.ts';
import { type PodGroup, quotaTakes } from './quota-takes.ts';
import type { RoomPlan } from './room-plan.ts';
import { chosenPlaceholder, roomTrouble } from './room-trouble.ts';
import { askedRooms, createdPods, type RoomSize, sizeRoom } from './size-room.ts';

type RoomContext = Pick<NamespaceFloors, 'observation' | 'accepted' | 'sales' | 'approvals' | 'desiredFloors'>;

/**
 * Plans the placeholders of a namespace, those of its targets first: what each should ask for now. Depends on what is
 * observed alone, so that a crash in between changes nothing; where the policy asks for no room, all that stand are closed.
 */
export function planRooms(context: RoomContext): readonly RoomPlan[] {
  const { observation, desiredFloors } = context;
  const { policy, placeholders = [] } = observation;
  if (policy.nodeRoom !== 'PlaceholderPods' && placeholders.length === 0) return [];
  const byTarget = Map.groupBy(placeholders, ({ target }) => target);
  const known = new Set(desiredFloors.map(({ name }) => name));
  const sized = desiredFloors.flatMap(desired => roomOf(desired, byTarget.get(desired.name) ?? [], context));
  const used = new Set([...byTarget.values()].map(all => chosenPlaceholder(all)));
  const strays = placeholders
    .filter(one => !known.has(one.target) || !used.has(one))
    .map(one => strayRoom(one, known.has(one.target), context));
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
  const trouble = roomTrouble(observed, placeholders, observation.rights);
  const told = trouble === undefined || asked.length === 0 ? {} : { trouble };
  const room = { target: name, pods: size.pods, ready: placeholder === undefined ? 0 : readyOf(placeholder), ...told };
  if (placeholder === undefined || trouble?.action === 'Leave') return [{ desired, size, room }];
  const nodeMs = Math.max(0, ...asked.map(({ nodeSeconds }) => nodeSeconds)) * 1000;
  const isClosed = trouble?.action === 'Close';
  const lacking = size.pods === 0 || isClosed ? 0 : lackingOf(placeholder, observation.now, nodeMs);
  return [
    {
      desired,
      placeholder,
      size: isClosed ? { ...size, replicas: 0, why: trouble?.message ?? '' } : size,
      room: {
        ...room,
        ...(lacking === 0 ? {} : { lacking: { pods: lacking, seconds: nodeMs / 1000, ...why(placeholder) } }),
      },
    },
  ];
}

/** Adds what is to be written, in the order of the targets, as far as the quotas allow. */
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
    placeholder === undefined ? [] : [{ pods: placeholder.replicas, shape: placeholder.pod }],
  );
  const granted: PodGroup[] = [];
  return sized.map(({ placeholder, size, room }): RoomPlan => {
    if (placeholder === undefined) return room;
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
 * Closes placeholders of a target that is gone, and those beside the one that is used; while the target cannot be read, and
 * while caches are old, they stay.
 */
function strayRoom(
  placeholder: PlaceholderObservation,
  isBeside: boolean,
  { observation, accepted }: RoomContext,
): RoomPlan {
  const { target, conflict } = placeholder;
  const isUnreadable = observation.unreadable.some(({ kind, name }) => kind === 'ScalingTarget' && name === target);
  const room = { target, pods: 0, ready: readyOf(placeholder) };
  if (conflict !== undefined || isUnreadable || accepted.onlyRaises !== undefined) return room;
  const why = isBeside ? `another Deployment keeps room of ${target}` : `there is no ScalingTarget ${target}`;
  return { ...room, ...written(placeholder, 0, why) };
}

function written(
  { name, uid, replicas: live, replicasWriter }: PlaceholderObservation,
  replicas: number,
  why: string,
): Pick<RoomPlan, 'placeholder' | 'replicas' | 'change'> {
  const by = replicasWriter === undefined || replicasWriter === fieldManager ? '' : ` (set by ${replicasWriter})`;
  return {
    placeholder: { name, uid, live },
    replicas,
    ...(replicas === live ? {} : { change: `${name} ${live}${by} → ${replicas} placeholder pods: ${why}` }),
  };
}

/** Placeholder pods without a node for longer than new ones take. */
function lackingOf(
  { replicas, pods, readyReplicas, writtenAt }: PlaceholderObservation,
  now: number,
  nodeMs: number,
): number {
  if (pods !== undefined)
    return pods.unready.filter(({ reason, createdAt }) => reason === 'Unschedulable' && createdAt + nodeMs <= now)
      .length;
  return (writtenAt ?? now) + nodeMs <= now ? Math.max(0, replicas - readyReplicas) : 0;
}

function why({ pods }: PlaceholderObservation): { readonly message?: string } {
  const message = pods?.unready.find(({ reason }) => reason === 'Unschedulable')?.message;
  return message === undefined ? {} : { message };
}

function readyOf({ pods, readyReplicas }: PlaceholderObservation): number {
  return pods === undefined ? readyReplicas : pods.readySince.length;
}
