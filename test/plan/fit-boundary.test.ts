import { describe, expect, test } from 'vitest';
import { fitBoundary, nextFitBoundary } from '../../src/plan/fit-boundary.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

describe('fitBoundary', () => {
  test.each([
    ['05:59:59', '00:00:00'],
    ['06:00:00', '06:00:00'],
    ['17:30:00', '12:00:00'],
    ['23:59:59', '18:00:00'],
  ])('at %s it is %s UTC', (now, boundary) => {
    expect(fitBoundary(at(now))).toBe(at(boundary));
    expect(nextFitBoundary(at(now))).toBe(at(boundary) + 6 * 3_600_000);
  });
});
