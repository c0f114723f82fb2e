import { expect, test } from 'vitest';
import { inTurns } from '../../src/apply/in-turns.ts';

/** Burns CPU for `ms` of real time. */
function burn(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('a long list of work lets other work have its turn, and gives its results in order', async () => {
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const results = await inTurns(
    Array.from({ length: 40 }, (_, n) => n),
    n => {
      burn(3);
      return 2 * n;
    },
  );
  isDone = true;
  expect(results).toEqual(Array.from({ length: 40 }, (_, n) => 2 * n));
  expect(turns).toBeGreaterThanOrEqual(5);
});
