import { describe, expect, test } from 'vitest';
import { isStatusDue, quietCadenceMs, saleCadenceMs } from '../../../src/apply/reports/status-cadence.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);
const condition = { type: 'Ready', status: 'True', reason: 'Done', message: 'Done.', lastTransitionTime: 't' } as const;
const before = { observedGeneration: 1, peakPercent: 800, conditions: [condition] };

describe('a status is written', () => {
  test.each([
    ['not when nothing differs, however long ago', before, at('19:00:00'), at('12:00:00'), saleCadenceMs, false],
    [
      'not when only the order of keys differs',
      { conditions: [condition], peakPercent: 800, observedGeneration: 1 },
      at('19:00:00'),
      at('12:00:00'),
      saleCadenceMs,
      false,
    ],
    [
      'at once with a new reason',
      { ...before, conditions: [{ ...condition, reason: 'Other' }] },
      at('19:00:01'),
      at('19:00:00'),
      quietCadenceMs,
      true,
    ],
    [
      'at once with a new condition',
      { ...before, conditions: [condition, { ...condition, type: 'Accepted' }] },
      at('19:00:01'),
      at('19:00:00'),
      quietCadenceMs,
      true,
    ],
    [
      'at once for a new generation',
      { ...before, observedGeneration: 2 },
      at('19:00:01'),
      at('19:00:00'),
      quietCadenceMs,
      true,
    ],
    [
      'at once for a freeze window',
      { ...before, freeze: { active: false, windows: [] } },
      at('19:00:01'),
      at('19:00:00'),
      quietCadenceMs,
      true,
    ],
    [
      'not yet for a number within the 5 minutes',
      { ...before, peakPercent: 810 },
      at('19:04:59'),
      at('19:00:00'),
      saleCadenceMs,
      false,
    ],
    [
      'in the next 5 minutes for a number',
      { ...before, peakPercent: 810 },
      at('19:05:00'),
      at('19:04:45'),
      saleCadenceMs,
      true,
    ],
    [
      'in the next hour for a number without a sale',
      { ...before, peakPercent: 810 },
      at('20:00:00'),
      at('19:04:45'),
      quietCadenceMs,
      true,
    ],
    [
      'not yet for a message within the hour',
      { ...before, conditions: [{ ...condition, message: 'Done, still.' }] },
      at('19:59:59'),
      at('19:00:00'),
      quietCadenceMs,
      false,
    ],
  ])('%s', (_title, after, now, sentAt, cadenceMs, due) => {
    expect(isStatusDue({ before, after, now, sentAt, cadenceMs })).toBe(due);
  });

  test('at once when there is none', () => {
    expect(isStatusDue({ before: undefined, after: before, now: 0, sentAt: 0, cadenceMs: quietCadenceMs })).toBe(true);
  });
});
