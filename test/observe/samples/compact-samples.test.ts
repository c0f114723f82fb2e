import { expect, test } from 'vitest';
import { CompactSamples } from '../../../src/observe/samples/compact-samples.ts';

test('each step keeps its own demand, those beside it and those never set none', () => {
  const samples = new CompactSamples();
  for (let step = 4090; step < 4110; step += 3) samples.set(step, step / 10);
  samples.set(4091, 7);
  samples.set(4091, 8.25);
  expect([...samples.slice(4089, 4097)].map(value => (Number.isNaN(value) ? null : value))).toEqual([
    null,
    409,
    8.25,
    null,
    409.3,
    null,
    null,
    409.6,
  ]);
  expect([samples.has(4091), samples.has(4092), samples.has(1e9)]).toEqual([true, false, false]);
});

test('what is forgotten is gone to the step, and the rest stays', () => {
  const samples = new CompactSamples();
  for (let step = 0; step < 10_000; step++) samples.set(step, step);
  const whole = samples.bytes;
  for (const first of [4097, 8191]) {
    samples.forget(first);
    expect(samples.first(0, 10_000)).toBe(first);
    expect([...samples.slice(first, 10_000)]).toEqual(Array.from({ length: 10_000 - first }, (_, i) => first + i));
  }
  expect(samples.last(0, 10_000)).toBe(9999);
  expect(samples.bytes).toBeLessThan(whole);
});

test('28 days by the minute take 2.5 bytes a sample', () => {
  const samples = new CompactSamples();
  const steps = 28 * 1440;
  for (let step = 0; step < steps; step++) samples.set(step, 100);
  expect(samples.bytes / steps).toBeLessThan(2.6);
});
