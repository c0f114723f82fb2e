import type { WorldsResult } from './run-worlds.ts';
import { toBeSeen } from './seen.ts';

/** Share (0–1) of the worlds in which everything must be seen. */
const leastShare = 0.01;
/** Failed worlds that are told in full. */
const mostTold = 20;

/** What came of several parts together. */
export function joinResults(parts: readonly WorldsResult[]): WorldsResult {
  const seen = new Map<string, number>();
  for (const part of parts)
    for (const [name, count] of Object.entries(part.seen)) seen.set(name, (seen.get(name) ?? 0) + count);
  return {
    worlds: parts.reduce((sum, { worlds }) => sum + worlds, 0),
    failed: parts.flatMap(({ failed }) => failed),
    seen: Object.fromEntries(seen),
  };
}

/** Everything that was seen in less than 1 % of the worlds. */
export function lacksOf({ worlds, seen }: WorldsResult): readonly string[] {
  const counts = new Map(Object.entries(seen));
  return toBeSeen().filter(name => (counts.get(name) ?? 0) < worlds * leastShare);
}

/** What was seen how often, the rarest last, and each world that did not hold with how to see it again. */
export function describeResult(result: WorldsResult, seed: number): string {
  const counts = new Map(Object.entries(result.seen));
  const shares = toBeSeen()
    .map(name => ({ name, share: (100 * (counts.get(name) ?? 0)) / Math.max(1, result.worlds) }))
    .sort((a, b) => b.share - a.share)
    .map(({ name, share }) => `${share.toFixed(2).padStart(7)} %  ${name}`);
  const failed = result.failed
    .slice(0, mostTold)
    .map(
      ({ index, oddities, faults }) =>
        `world ${index} (${oddities.join('; ')})\n  ${faults.join('\n  ')}\n  node test/worlds/main.ts --seed ${seed} --world ${index}`,
    );
  return [...shares, ...failed].join('\n');
}
