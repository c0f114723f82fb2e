import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { callBudgets, formatBudgets, tries, warningsOf } from '../../../charts/facts/call-budgets.ts';
import type { Facts, ServiceFacts } from '../../../charts/facts/facts-schema.ts';
import { readOwnFacts } from '../../../charts/facts/read-facts.ts';
import { synthesizeOwnFacts } from '../../support/pages/manifests.ts';

const own = readOwnFacts();
const files = synthesizeOwnFacts();

describe.each(own.environments.map(environment => [environment.name, environment] as const))(
  'the time of each call of %s',
  (name, environment) => {
    const budgets = callBudgets(environment, own);

    test('leaves room for every try before the caller is given up', () => {
      expect(budgets.length).toBeGreaterThan(8);
      expect(budgets.filter(each => tries * each.tryMs > each.callerDeadlineMs)).toEqual([]);
    });

    test('adds up, and is what the pods and the routes have', () => {
      expect(warningsOf(budgets)).toEqual([]);
      for (const { caller, callerDeadlineMs, tryMs } of budgets) {
        const { env } = parse(files.get(`${name}/${caller}/deployment.${caller}.yaml`) ?? '').spec.template.spec
          .containers[0];
        expect(env).toContainEqual({ name: 'REQUEST_DEADLINE_MS', value: String(callerDeadlineMs) });
        expect(env).toContainEqual({ name: 'CLIENT_TRY_TIMEOUT_MS', value: String(tryMs) });
        const route = files.get(`${name}/${caller}/httproute.${caller}.yaml`);
        if (route !== undefined) {
          const rules = parse(route).spec.rules.filter((each: { name: string }) => each.name === 'weighted');
          expect(rules.map((each: { timeouts: { request: string } }) => each.timeouts.request)).toEqual([
            `${callerDeadlineMs}ms`,
          ]);
        }
      }
    });
  },
);

test.each([
  [
    'an objective below that of what nine requests in ten call',
    'checkout',
    500,
    'warning: checkout → payments: the objective of checkout, 500 ms, is below that of payments, 800 ms, which it calls 920 times per 1,000 requests',
  ],
  [
    'a try that is shorter than the objective of what it calls',
    'checkout',
    300,
    'warning: checkout → payments: one try of 600 ms is shorter than the objective of payments, 800 ms',
  ],
])('%s is told', (_title, service, p95Milliseconds, warning) => {
  const [environment] = own.environments;
  if (environment === undefined) throw new Error('no environment');
  const budgets = callBudgets(environment, withObjective(service, p95Milliseconds));
  expect(warningsOf(budgets)).toContain(warning);
  expect(formatBudgets(budgets)).toContain(warning);
});

test('the table has a line for each call', () => {
  const [environment] = own.environments;
  if (environment === undefined) throw new Error('no environment');
  const [head = '', first = ''] = formatBudgets(callBudgets(environment, own)).split('\n');
  expect(head.split(/ {2,}/)).toEqual(['CALL', 'PER 1,000', 'OBJECTIVE', 'DEADLINE', 'ONE TRY', 'CALLEE']);
  expect(first.split(/ {2,}/)).toEqual(['storefront → catalog', '1600', '200 ms', '800 ms', '400 ms', '100 ms']);
});

function withObjective(name: string, p95Milliseconds: number): Facts {
  const change = (each: ServiceFacts) => (each.name === name ? { ...each, objective: { p95Milliseconds } } : each);
  return { ...own, services: own.services.map(change) };
}
