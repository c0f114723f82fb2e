import { expect, test } from 'vitest';
import { callGraph } from '../../../src/api/call-graph.ts';
import type { TargetObservation } from '../../../src/observe/observation.ts';
import { refuseTarget } from '../../../src/plan/accept/refuse-target.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const [observed] = observationOf({ now: '2026-11-27T18:00:00Z', targets: { checkout: {} } }).targets;
if (observed === undefined) throw new Error('a namespace has what it is given');

const graph = callGraph([observed.target]);
const withSpec = (spec: object): TargetObservation => ({
  ...observed,
  target: { ...observed.target, spec: { ...observed.target.spec, ...spec } },
});

test.each<[string, TargetObservation, string | undefined]>([
  ['as it should be', observed, undefined],
  ['with a capacity of zero', withSpec({ capacityPerReplica: '0' }), 'CapacityZero'],
  ['with a ceiling below its baseline', withSpec({ ceiling: 3 }), 'BoundsCrossed'],
  ['of which only a part can be read', { ...observed, unreadable: 'spec.demand is missing' }, 'Invalid'],
  ['without its workload', { ...observed, workload: { missing: 'no Deployment' } }, 'WorkloadMissing'],
])('a target %s is refused with %s', (_, target, reason) => {
  expect(refuseTarget(target, graph)?.reason).toBe(reason);
});
