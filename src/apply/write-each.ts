import { limitConcurrency } from '../api/limit-concurrency.ts';

/** Maximum concurrent writes per namespace; a small API server slows down beyond it. */
const concurrency = 20;

/**
 * Runs `write` on every item with bounded concurrency and returns the results in the items' order. When one fails the
 * others are still completed; no write is running when the promise settles.
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
