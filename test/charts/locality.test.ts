import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aggregates } from '../../charts/aggregates.ts';
import type { Facts, ServiceFacts } from '../../charts/facts/facts-schema.ts';
import { findProblems } from '../../charts/facts/problems/find-problems.ts';
import { readOwnFacts } from '../../charts/facts/read-facts.ts';
import { synthesize } from '../../charts/synthesize.ts';

const facts = readOwnFacts();
const before = synthesize(facts, { image: 'headstart:0', definitions: [] });
const [quota = '', policy = '', pool = ''] = aggregates;

/** Files of `checkout`'s folder as its own, all others with `*` for the environment. */
function touchedBy(after: Facts): readonly string[] {
  expect(findProblems(after)).toEqual([]);
  const files = synthesize(after, { image: 'headstart:0', definitions: [] });
  const changed = [...new Set([...files.keys(), ...before.keys()])].filter(
    file => files.get(file) !== before.get(file),
  );
  const names = facts.environments.map(environment => environment.name);
  const named = changed.map(file => {
    const [first = '', folder = '', ...rest] = file.split('/');
    if (first === 'namespaces') return [first, '*', ...rest].join('/');
    if (!names.includes(first)) return file;
    return folder === 'checkout' ? 'its folder' : ['*', folder, ...rest].join('/');
  });
  return [...new Set(named)].sort();
}

function checkoutWith(change: (service: ServiceFacts) => Partial<ServiceFacts>): Facts {
  return {
    ...facts,
    services: facts.services.map(each => (each.name === 'checkout' ? { ...each, ...change(each) } : each)),
  };
}

describe('a change of one service’s facts touches its folder in every environment, and of other files only', () => {
  const call = { protocol: 'http', api: 'v1', perThousandRequests: 10 } as const;
  test.each<[string, (service: ServiceFacts) => Partial<ServiceFacts>, readonly string[]]>([
    ['its port', ({ ports }) => ({ ports: ports.map(port => ({ ...port, port: 8443 })) }), []],
    ['an API version', ({ ports }) => ({ ports: ports.map(port => ({ ...port, api: ['v1', 'v2'] })) }), []],
    ['its objective', () => ({ objective: { p95Milliseconds: 450 } }), []],
    ['its capacity', () => ({ capacity: { requestsPerSecond: '5', loadTest: 'again' } }), []],
    ['its start-up', () => ({ startupSeconds: 90 }), []],
    ['its owner', () => ({ owner: 'others' }), []],
    ['its baseline', () => ({ baseline: { minReplicas: 5, maxReplicas: 13 } }), []],
    ['a new call', ({ calls }) => ({ calls: [...calls, { ...call, service: 'cart' }] }), []],
    ['a call that is gone', ({ calls }) => ({ calls: calls.filter(each => each.service !== 'users') }), []],
    ['its resources', () => ({ resources: { cpuMillicores: 700, memoryMebibytes: 300 } }), [quota, pool]],
    ['its ceiling', () => ({ ceiling: 80 }), [quota, policy, pool]],
    ['its tier', () => ({ tier: 'Standard' }), []],
  ])('%s', (_title, change, beside) => {
    expect(touchedBy(checkoutWith(change))).toEqual([...beside, 'its folder'].sort());
  });

  test('a store that it is the first to use: that of its data besides', () => {
    const touched = touchedBy(
      checkoutWith(({ uses }) => ({ uses: [...uses, { limit: 'redis-checkout', perReplica: 2 }] })),
    );
    expect(touched.filter(file => !file.startsWith('*/data/'))).toEqual([quota, pool, 'its folder'].sort());
    expect(touched.filter(file => file.startsWith('*/data/') && !file.includes('redis-checkout'))).toEqual([]);
  });
});

test('charts/README.md says what each aggregate adds up', () => {
  const readme = readFileSync('charts/README.md', 'utf8');
  expect(aggregates.filter(file => !readme.includes(`\`${file}\``))).toEqual([]);
});
