import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds that the thread is held at most before other work has its turn, beyond the longest single item. */
const turnMs = 10;

/**
 * Works on each item, in order, and lets all other work have its turn every ten milliseconds: leases, watches and raises
 * wait for no list, however long.
 *
 * @throws what the first failing item throws
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let began = performance.now();
  for (const [index, item] of items.entries()) {
    if (performance.now() - began > turnMs) {
      await nextTurn();
      began = performance.now();
    }
    results.push(work(item, index));
  }
  return results;
}
