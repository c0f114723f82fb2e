import { liveThrough } from './live-through.ts';
import { makeWorld } from './made-up-world.ts';

/** Worlds of one seed, by index: from `from` on, each `step`-th. */
export interface WorldRange {
  readonly seed: number;
  readonly from: number;
  readonly step: number;
  readonly count: number;
  /** Epoch ms of the transport clock after which no further world is begun. @default none */
  readonly until?: number;
}

/** What came of many worlds. */
export interface WorldsResult {
  readonly worlds: number;
  /** Of each world that did not hold: its index, what is odd about it, and what was wrong. */
  readonly failed: readonly {
    readonly index: number;
    readonly oddities: readonly string[];
    readonly faults: readonly string[];
  }[];
  /** Number of worlds that showed each rule, condition or finding. */
  readonly seen: Readonly<Record<string, number>>;
}

/** Lives through worlds one after the other. */
export function runWorlds({ seed, from, step, count, until = Number.POSITIVE_INFINITY }: WorldRange): WorldsResult {
  const seen = new Map<string, number>();
  const failed: WorldsResult['failed'][number][] = [];
  let worlds = 0;
  for (; worlds < count && Date.now() < until; worlds++) {
    const world = makeWorld(seed, from + worlds * step);
    const lived = liveOrThrow(world);
    for (const name of lived.seen) seen.set(name, (seen.get(name) ?? 0) + 1);
    if (lived.faults.length > 0) failed.push({ index: world.index, oddities: world.oddities, faults: lived.faults });
  }
  return { worlds, failed, seen: Object.fromEntries(seen) };
}

/** Nothing throws out of a plan: if it does, that is a fault. */
function liveOrThrow(world: Parameters<typeof liveThrough>[0]): ReturnType<typeof liveThrough> {
  try {
    return liveThrough(world);
  } catch (error) {
    return { faults: [`threw ${error instanceof Error ? error.stack : error}`], seen: new Set() };
  }
}
