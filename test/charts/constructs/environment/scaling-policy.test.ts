import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';
import { parseScalingPolicy } from '../../../../src/api/scaling-policy.ts';
import { parseScalingTarget, type ScalingTarget } from '../../../../src/api/scaling-target.ts';

const facts = readOwnFacts();
const files = synthesize(facts, { image: 'headstart:0', definitions: [] });
const policyOf = (environment: string) =>
  parseScalingPolicy(parse(files.get(`${environment}/platform/scalingpolicy.default.yaml`) ?? '')).spec;
const targetsOf = (environment: string): readonly ScalingTarget[] =>
  [...files].flatMap(([file, text]) =>
    file.startsWith(`${environment}/`) && file.includes('/scalingtarget.') ? [parseScalingTarget(parse(text))] : [],
  );

test('production asks for the approval that its facts state, and no other environment does', () => {
  const { approval } = facts.environments.find(({ name }) => name === 'production') ?? {};
  expect(approval).toEqual({ abovePeakPercent: 2000, aboveExtraReplicas: 600 });
  const asking = facts.environments.map(({ name }) => [name, policyOf(name).approval] as const);
  expect(asking.filter(([, stated]) => stated !== undefined)).toEqual([['production', approval]]);
});

test.each(facts.environments.map(({ name }) => name))('every use in %s is of a limit that its policy states', name => {
  const limits = (policyOf(name).limits ?? []).map(limit => limit.name);
  const uses = targetsOf(name).flatMap(({ spec }) => spec.uses ?? []);
  expect(limits).not.toEqual([]);
  expect([...new Set(uses.map(({ limit }) => limit))].sort()).toEqual(limits);
});

test('calls of the partner count by requests, whose total is per second, and connections by replica', () => {
  const uses = (environment: string, target: string) =>
    targetsOf(environment).find(({ metadata }) => metadata.name === target)?.spec.uses;
  expect(uses('production', 'payments')).toEqual([{ limit: 'partner-payments', perThousandRequests: 1000 }]);
  expect(uses('staging', 'payments')).toEqual([{ limit: 'postgres-payments', perReplica: 10 }]);
});
