import { expect, test } from 'vitest';
import type { EnvironmentFacts } from '../../charts/facts/environment-schema.ts';
import type { Facts } from '../../charts/facts/facts-schema.ts';
import { readOwnFacts } from '../../charts/facts/read-facts.ts';
import { findReshardings } from '../../charts/reshardings.ts';
import { synthesize } from '../../charts/synthesize.ts';

const own = readOwnFacts();
const before = filesOf(own);

test.each<[string, Partial<EnvironmentFacts>, readonly string[]]>([
  ['the same shards', {}, []],
  [
    'more shards, and no word of a move',
    { shards: { orders: 8 } },
    [
      'environment demo: postgres-orders goes from 1 to 8 shards, and keys would be looked for where they are not: move their rows, then state reshardedFrom: { orders: 1 }',
    ],
  ],
  ['more shards, after a move from as many as there were', { shards: { orders: 8 }, reshardedFrom: { orders: 1 } }, []],
  [
    'more shards, after a move from another number',
    { shards: { orders: 8 }, reshardedFrom: { orders: 2 } },
    [expect.stringContaining('from 1 to 8 shards')],
  ],
])('%s', (_title, change, problems) => {
  const environments = own.environments.map(each => (each.name === 'demo' ? { ...each, ...change } : each));
  const facts = { ...own, environments };
  expect(findReshardings(before, filesOf(facts), facts)).toEqual(problems);
});

test('a database that was not there before is no move', () => {
  expect(findReshardings(new Map(), before, own)).toEqual([]);
});

function filesOf(facts: Facts) {
  return synthesize(facts, { image: 'headstart:0', definitions: [] });
}
