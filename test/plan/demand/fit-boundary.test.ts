import { describe, expect, test } from 'vitest';
import { fitBoundary, nextFit } from '../../../src/plan/demand/fit-boundary.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

describe('fitBoundary', () => {
  test.each([
    ['05:59:59', '00:00:00', '06:10:00'],
    ['06:09:59', '00:00:00', '06:10:00'],
    ['06:10:00', '06:00:00', '12:10:00'],
    ['17:30:00', '12:00:00', '18:10:00'],
    ['23:59:59', '18:00:00', '24:10:00'],
  ])('at %s it is %s UTC, and the next fit is due at %s', (now, boundary, next) => {
    expect(fitBoundary(at(now))).toBe(at(boundary));
    expect(nextFit(at(now))).toBe(next === '24:10:00' ? at('23:10:00') + 3_600_000 : at(next));
  });
});
