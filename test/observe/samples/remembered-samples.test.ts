import { expect, test } from 'vitest';
import { RememberedSamples } from '../../../src/observe/samples/remembered-samples.ts';

const minute = 60_000;
const now = Date.parse('2026-11-27T12:00:00Z');

/** Samples of the newest five minutes, asked for at `now`. */
function remembered(values: readonly (number | null)[]): RememberedSamples {
  const samples = new RememberedSamples(minute, now - 5 * minute, { now });
  samples.merge({ start: now - 5 * minute, stepSeconds: 60, values }, now);
  samples.checked(now);
  return samples;
}

test('nothing is asked for while no step has passed and no gap is left', () => {
  expect(remembered([1, 1, 1, 1, 1]).dueFrom(now)).toBeUndefined();
});

test('a gap is asked for again', () => {
  expect(remembered([1, 1, null, 1, 1]).dueFrom(now)).toBeLessThanOrEqual(now - 3 * minute);
});

test('a negative rate is no sample', () => {
  const samples = remembered([1, 1, 1, 1, -3]);
  expect(samples.slice(now - 2 * minute, now).values).toEqual([1, null]);
  expect(samples.measured?.until).toBe(now - minute);
});
