import { describe, expect, test } from 'vitest';
import { describeResult, joinResults, lacksOf } from './describe-worlds.ts';
import { runWorlds, type WorldsResult } from './run-worlds.ts';

/**
 * The invariants 1–8, 10, 11, 13, 15 and 16 (docs/reliability.md) over made-up worlds; `.ci/run` lives through 100,000
 * of them and `npm run test:long` through a million.
 */
const seed = 20_261_130;
const parts = 8;
const worlds = 2000;
/** Bound on what hangs: coverage makes a part many times slower. */
const longestMs = 600_000;

describe('in every made-up world the invariants hold', () => {
  const results: WorldsResult[] = [];

  test.each(Array.from({ length: parts }, (_, part) => part))(
    'part %i',
    part => {
      const result = runWorlds({ seed, from: part, step: parts, count: worlds / parts });
      results.push(result);
      const told = result.failed.map(({ index, oddities, faults }) => ({
        index,
        oddities,
        faults: faults.slice(0, 3),
      }));
      expect(told, `node test/worlds/main.ts --seed ${seed} --world ${told[0]?.index ?? 0}`).toEqual([]);
    },
    longestMs,
  );

  test('and every rule and refusal is seen in at least 1 % of them', () => {
    const all = joinResults(results);
    expect(all.worlds).toBe(worlds);
    process.stdout.write(`${describeResult({ ...all, failed: [] }, seed)}\n`);
    expect(lacksOf(all)).toEqual([]);
  });
});
