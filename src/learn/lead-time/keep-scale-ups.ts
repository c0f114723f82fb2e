import { mostReplicas } from '../../api/field.ts';
import { mostScaleUps, type ScaleUpRecord } from '../../api/learned/scale-up.ts';

/** Milliseconds within which one scale-up stands for all: those of an hour find the same nodes and images. */
const togetherMs = 3_600_000;
/** Largest scale-ups that are kept although newer ones would push them out, and for how long. */
const keptLargest = 5;
const largestMs = 90 * 86_400_000;

/**
 * Chooses what a target's status keeps of its scale-ups, the oldest first: those of its workload, at most one an hour (the
 * largest of that hour), and of these the five largest of the newest 90 days and the newest others, 20 in all. So a
 * thousand scale-ups of one replica push out neither a sale's nor each other at every tick. More replicas than a status can
 * state count as the most that it can.
 */
export function keepScaleUps(
  stored: readonly ScaleUpRecord[],
  seen: readonly ScaleUpRecord[],
  { workload, now }: { readonly workload: string; readonly now: number },
): readonly ScaleUpRecord[] {
  const byTime = new Map([...seen, ...stored].map(scaleUp => [Date.parse(scaleUp.at), scaleUp]));
  const own = [...byTime]
    .filter(([at, scaleUp]) => scaleUp.workload === workload && at <= now)
    .map(([at, scaleUp]) => [at, { ...scaleUp, added: Math.min(mostReplicas, scaleUp.added) }] as const)
    .sort(([one], [other]) => one - other);
  const hourly: [number, ScaleUpRecord][] = [];
  for (const [at, scaleUp] of own) {
    const last = hourly.at(-1);
    if (last === undefined || at - last[0] >= togetherMs) hourly.push([at, scaleUp]);
    else if (scaleUp.added > last[1].added) hourly[hourly.length - 1] = [at, scaleUp];
  }
  const largest = new Set(
    hourly
      .filter(([at]) => now - at <= largestMs)
      .sort((one, other) => other[1].added - one[1].added || other[0] - one[0])
      .slice(0, keptLargest),
  );
  const others = hourly.filter(entry => !largest.has(entry)).slice(-(mostScaleUps - largest.size));
  const kept = new Set([...largest, ...others]);
  return hourly.filter(entry => kept.has(entry)).map(([, scaleUp]) => scaleUp);
}
