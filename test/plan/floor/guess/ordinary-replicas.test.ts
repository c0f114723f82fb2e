import { expect, test } from 'vitest';
import { encodeScalingTargetStatus } from '../../../../src/api/scaling-target.ts';
import { recordHour, replicasOfHours } from '../../../../src/plan/floor/guess/ordinary-replicas.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}:00Z`);
const record = [
  { hour: 3, replicas: 4 },
  { hour: 19, replicas: 12 },
];

test('an hour replaces what was recorded for it on an earlier day, in order', () => {
  expect(recordHour(record, 14, at('19:05'))).toEqual([record[0], { hour: 19, replicas: 14 }]);
  expect(recordHour(record, 6, at('10:59'))).toEqual([record[0], { hour: 10, replicas: 6 }, record[1]]);
});

test('more replicas than a status can state are recorded as the most that it can', () => {
  const ordinaryReplicas = [...recordHour(record, 1_000_000, at('10:00'))];
  expect(ordinaryReplicas[1]).toEqual({ hour: 10, replicas: 100_000 });
  expect(() => encodeScalingTargetStatus({ ordinaryReplicas })).not.toThrow();
});

test.each([
  ['an hour that is recorded', '19:10', '19:50', 12],
  ['the end, which does not count', '18:00', '19:00', 12],
  ['a night between recorded hours, from the larger neighbour', '22:00', '23:30', 12],
  ['the hour of the night itself', '03:00', '04:00', 4],
])('%s', (_, from, until, replicas) => {
  expect(replicasOfHours(record, at(from), at(until))).toBe(replicas);
});

test('a sale of several days takes the most of all hours, and nothing recorded is nothing', () => {
  expect(replicasOfHours(record, at('03:00'), at('03:00') + 5 * 86_400_000)).toBe(12);
  expect(replicasOfHours([], at('03:00'), at('04:00'))).toBeUndefined();
});
