import { describe, expect, test } from 'vitest';
import { prescaleTime } from '../../../src/plan/floor/prescale-time.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

describe('prescaleTime', () => {
  test('the longest lead time comes on top', () => {
    const wave = { raises: 1, pods: 0, writesPerSecond: 20 };
    expect(prescaleTime(at('20:00:00'), wave, [30, 90])).toBe(at('19:58:14'));
  });
});
