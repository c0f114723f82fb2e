import { type CapacityHour, mostCapacityHours } from '../../api/learned/capacity-hour.ts';

/** Hours in which the objective broke that are kept at most; the rest is for hours in which it held. */
const mostBroken = 12;
/** Milliseconds after which an hour is dropped. */
const longestMs = 180 * 86_400_000;

/**
 * Chooses what a target's status keeps of the hours that showed its capacity, the oldest first: those of its workload of
 * 180 days; the newest 12 in which the objective broke, the newest hour, whose pod template all others are older than, and
 * the highest rates at which the objective held, 20 in all. So ordinary days push out nothing.
 */
export function keepCapacityHours(
  stored: readonly CapacityHour[],
  seen: readonly CapacityHour[],
  { workload, now }: { readonly workload: string; readonly now: number },
): readonly CapacityHour[] {
  const byTime = new Map([...stored, ...seen].map(hour => [Date.parse(hour.at), hour]));
  const own = [...byTime]
    .filter(([at, hour]) => hour.workload === workload && at <= now && now - at <= longestMs)
    .sort(([one], [other]) => one - other)
    .map(([, hour]) => hour);
  const newest = own.at(-1);
  const broken = own.filter(({ brokeAt }) => brokeAt !== undefined).slice(-mostBroken);
  const held = own
    .filter(({ brokeAt }) => brokeAt === undefined)
    .map((hour, index) => ({ hour, index }))
    .sort(
      (one, other) =>
        Number(other.hour === newest) - Number(one.hour === newest) ||
        (other.hour.heldAt ?? 0) - (one.hour.heldAt ?? 0) ||
        other.index - one.index,
    )
    .slice(0, mostCapacityHours - broken.length)
    .map(({ hour }) => hour);
  const kept = new Set([...broken, ...held]);
  return own.filter(hour => kept.has(hour));
}
