import { limitConcurrency } from '../api/limit-concurrency.ts';

/** Writes of one namespace that may be under way at once: the knee of a small API server. */
const concurrency = 20;

/**
 * The results of `write` on every item, in the items' order, a bounded number under way at once. When one fails the others
 * are still done, and nothing is under way any more when this settles.
 *
 * @throws the failure of the first item that failed, once all are done
 */
export async function writeEach<Item, Result>(
  items: readonly Item[],
  write: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const limited = limitConcurrency(concurrency);
  const writes = items.map(item => limited(() => write(item)));
  await Promise.allSettled(writes);
  return Promise.all(writes);
}
