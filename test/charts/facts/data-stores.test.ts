import { expect, test } from 'vitest';
import { dataStoresOf, sharedLimitsIn } from '../../../charts/facts/data-stores.ts';
import { readOwnFacts } from '../../../charts/facts/read-facts.ts';

const facts = readOwnFacts();

function limitsOf(name: string): Record<string, number> {
  const environment = facts.environments.find(each => each.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  const limits = sharedLimitsIn(environment, dataStoresOf(environment, facts));
  return Object.fromEntries(limits.map(limit => [limit.name, limit.total]));
}

test('an environment with its databases inside has the clients that their poolers take', () => {
  expect(limitsOf('staging')).toEqual({
    'postgres-catalog': 2000,
    'postgres-inventory': 2000,
    'postgres-legacy': 2000,
    'postgres-orders': 2000,
    'postgres-payments': 2000,
    'postgres-users': 2000,
  });
});

test('one with its databases outside has what it states alone', () => {
  expect(limitsOf('production')).toEqual({ 'partner-payments': 400 });
});
