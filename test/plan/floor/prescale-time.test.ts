import { describe, expect, test } from 'vitest';
import { dueTimes } from '../../../src/plan/floor/prescale-time.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

describe('a sale at 20:00 is due', () => {
  const wave = { raises: 1, pods: 0, writesPerSecond: 20 };
  const due = (readyBeforeSeconds: number) =>
    dueTimes({ start: at('20:00:00'), wave, leadSeconds: [30, 90], readyBeforeSeconds });

  test('the wave and the longest lead time before the time from which a person can still act', () => {
    expect(due(300)).toEqual({ prescaleTime: at('19:53:14'), latest: at('19:58:14') });
  });

  test('at the last time when nobody needs any', () => {
    expect(due(0)).toEqual({ prescaleTime: at('19:58:14'), latest: at('19:58:14') });
  });
});
