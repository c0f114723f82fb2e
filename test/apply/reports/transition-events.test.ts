import { describe, expect, test } from 'vitest';
import type { Condition } from '../../../src/api/condition.ts';
import { planTransitionEvents, planWriteEvent } from '../../../src/apply/reports/transition-events.ts';

const sale = { kind: 'FlashSale', metadata: { name: 'drop' } };
const condition = (type: string, status: Condition['status'], reason = `${type}Reason`): Condition => ({
  type,
  status,
  reason,
  message: 'In words.',
  lastTransitionTime: '2026-11-27T19:00:00Z',
});

describe('an Event is recorded', () => {
  test.each<[string, readonly Condition[], readonly Condition[], readonly string[]]>([
    ['for what was refused from the first', [], [condition('Accepted', 'False')], ['Warning AcceptedReason']],
    ['not for what is well from the first', [], [condition('Accepted', 'True')], []],
    [
      'when something turns bad',
      [condition('Contested', 'False')],
      [condition('Contested', 'True')],
      ['Warning ContestedReason'],
    ],
    [
      'when it turns well again',
      [condition('Contested', 'True')],
      [condition('Contested', 'False')],
      ['Normal ContestedReason'],
    ],
    [
      'for the turns of a sale, calmly',
      [condition('Prescaled', 'False')],
      [condition('Prescaled', 'True')],
      ['Normal PrescaledReason'],
    ],
    [
      'when a verdict gets worse',
      [condition('Feasible', 'False', 'AtRisk')],
      [condition('Feasible', 'False', 'NoGo')],
      ['Warning NoGo'],
    ],
    [
      'not for a new reason of anything else',
      [condition('Accepted', 'False', 'Invalid')],
      [condition('Accepted', 'False', 'CallCycle')],
      [],
    ],
    ['not while a verdict stays', [condition('Feasible', 'False')], [condition('Feasible', 'False')], []],
    ['not while nothing turns', [condition('AtCeiling', 'True')], [condition('AtCeiling', 'True')], []],
    ['not for what follows from others', [condition('Ready', 'True')], [condition('Ready', 'False')], []],
    [
      'not for what is not known yet',
      [condition('CapacityReady', 'True')],
      [condition('CapacityReady', 'Unknown')],
      [],
    ],
  ])('%s', (_, before, after, told) => {
    expect(planTransitionEvents(sale, before, after).map(({ type, reason }) => `${type} ${reason}`)).toEqual(told);
  });
});

describe('the Event of a write', () => {
  const write = { kind: 'HorizontalPodAutoscaler', name: 'checkout-hpa', part: 'Bounds' } as const;
  const target = { kind: 'ScalingTarget', metadata: { name: 'checkout' } };

  test('is the sentence of the change, as the log and the status have it', () => {
    const message = 'checkout 112 → 90: the peak was over';
    expect(planWriteEvent(target, { ...write, outcome: 'Written', message })).toMatchObject({
      type: 'Normal',
      reason: 'BoundsWritten',
      note: message,
    });
  });

  test('names the object that refused it', () => {
    const event = planWriteEvent(target, { ...write, outcome: 'Refused', message: 'admission says no' });
    expect(event).toMatchObject({ type: 'Warning', note: 'HorizontalPodAutoscaler checkout-hpa: admission says no' });
  });

  test('is none where nothing was written', () => {
    expect(planWriteEvent(target, { ...write, outcome: 'Unchanged', message: '4..20' })).toBeUndefined();
  });
});
