import { expect, test } from 'vitest';
import { describePartial } from '../../../src/observe/metrics/partial-answer.ts';

const headers = (given: Record<string, string> = {}) => new Headers(given);

test.each<[string, number, Record<string, string>, object, string | undefined]>([
  ['a whole one', 200, {}, { data: { result: [] } }, undefined],
  ['one of status 206', 206, {}, {}, 'HTTP status 206, Partial Content'],
  ['one marked by VictoriaMetrics', 200, {}, { isPartial: true }, 'it is marked as partial'],
  ['one marked in words', 200, {}, { isPartial: 'true' }, 'it is marked as partial'],
  ['one marked by another name', 200, {}, { partial: true }, 'it is marked as partial'],
  ['one marked beside its result', 200, {}, { data: { isPartial: true } }, 'it is marked as partial'],
  ['one limited by M3', 200, { 'm3-results-limited': 'max_fetch' }, {}, 'max_fetch'],
  ['one with a warning', 200, {}, { warnings: ['store away'], data: { result: [{}] } }, 'store away'],
  ['one with a hint only', 200, {}, { warnings: ['PromQL info: no rate'], data: { result: [{}] } }, undefined],
])('of %s the answer says so, or nothing', (_, status, given, body, expected) => {
  expect(describePartial(status, headers(given), body)).toBe(expected);
});
