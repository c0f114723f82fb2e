import { expect, test } from 'vitest';
import { isAboveTarget } from '../../../src/kube/resources/above-target.ts';

const resource = (name: string, target: object) => ({ type: 'Resource', resource: { name, target } });
const external = (name: string, target: object) => ({ type: 'External', external: { metric: { name }, target } });
const cpu = resource('cpu', { type: 'Utilization', averageUtilization: 60 });
const queue = external('queue', { type: 'AverageValue', averageValue: '30' });
const is = (name: string, averageUtilization: number) => ({
  type: 'Resource',
  resource: { name, current: { averageUtilization, averageValue: '500m' } },
});
const laneOf = (name: string) => ({ name: 'queue', selector: { matchLabels: { lane: name } } });
const lane = (name: string, averageValue: string) => ({
  type: 'External',
  external: { metric: laneOf(name), target: { type: 'AverageValue', averageValue } },
});
const isLane = (name: string, averageValue: string) => ({
  type: 'External',
  external: { metric: laneOf(name), current: { averageValue } },
});
const waits = (averageValue: string) => ({
  type: 'External',
  external: { metric: { name: 'queue' }, current: { averageValue } },
});

test.each<[string, readonly object[], readonly object[] | undefined, boolean | undefined]>([
  ['at its target', [cpu], [is('cpu', 60)], false],
  ['within its tolerance', [cpu], [is('cpu', 66)], false],
  ['above it', [cpu], [is('cpu', 67)], true],
  ['above one of two', [cpu, queue], [is('cpu', 20), waits('40')], true],
  ['below both', [cpu, queue], [is('cpu', 20), waits('30')], false],
  ['at one of two, where the other cannot be read', [cpu, queue], [waits('30')], undefined],
  ['above one of two, where the other cannot be read', [cpu, queue], [waits('40')], true],
  ['above one of two of a name', [lane('a', '900'), lane('b', '30')], [isLane('a', '10'), isLane('b', '40')], true],
  ['below both of a name', [lane('a', '900'), lane('b', '30')], [isLane('a', '800'), isLane('b', '10')], false],
  ['with another metric alone', [cpu], [is('memory', 90)], undefined],
  ['with a value that is none', [queue], [waits('many')], undefined],
  ['without a status', [cpu], undefined, undefined],
  ['without a metric', [], [is('cpu', 90)], undefined],
  [
    'with a value per object',
    [{ type: 'Object', object: { metric: { name: 'rate' }, target: { type: 'Value', value: '1k' } } }],
    [{ type: 'Object', object: { metric: { name: 'rate' }, current: { value: '1200' } } }],
    true,
  ],
])('an HPA %s', (_, metrics, currentMetrics, expected) => {
  expect(isAboveTarget({ spec: { metrics }, status: { currentMetrics } } as never)).toBe(expected);
});
