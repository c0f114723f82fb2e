import { describe, expect, test } from 'vitest';
import type { AppliedWrite, WriteOutcome } from '../../../src/apply/applied.ts';
import { conditionsAfterWrite } from '../../../src/apply/reports/conditions-after-write.ts';
import type { TargetPlan } from '../../../src/plan/plan.ts';

const writing = 'checkout goes to 35..53.';
const plan: TargetPlan = {
  target: 'checkout',
  autoscaler: 'checkout',
  bounds: { minReplicas: 35, maxReplicas: 53 },
  action: 'Write',
  reason: 'SaleAhead',
  because: [],
  conditions: [
    { type: 'BoundsInForce', status: 'False', reason: 'Writing', message: writing },
    { type: 'Ready', status: 'False', reason: 'SaleAhead', message: writing },
    { type: 'Reconciling', status: 'True', reason: 'SaleAhead', message: writing },
    { type: 'Stalled', status: 'False', reason: 'NotStalled', message: 'Nothing needs a person.' },
    { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'Served.' },
  ],
};
const write = (outcome: WriteOutcome): AppliedWrite => ({
  kind: 'HorizontalPodAutoscaler',
  name: 'checkout',
  part: 'Bounds',
  outcome,
  message: 'why',
});
const said = (outcome: WriteOutcome | undefined) =>
  Object.fromEntries(
    conditionsAfterWrite(plan, outcome === undefined ? undefined : write(outcome)).map(({ type, status, reason }) => [
      type,
      `${status} ${reason}`,
    ]),
  );

describe('after the write', () => {
  test.each<[WriteOutcome | undefined, string, string, string, string]>([
    [undefined, 'False Writing', 'False SaleAhead', 'True SaleAhead', 'False NotStalled'],
    ['NotLeading', 'False Writing', 'False SaleAhead', 'True SaleAhead', 'False NotStalled'],
    ['Written', 'True SaleAhead', 'True SaleAhead', 'False Settled', 'False NotStalled'],
    ['Refused', 'False WriteRefused', 'False WriteRefused', 'False WriteRefused', 'True WriteRefused'],
    ['Deferred', 'False WriteDeferred', 'False WriteDeferred', 'True WriteDeferred', 'False WriteDeferred'],
    ['Failed', 'False WriteFailed', 'False WriteFailed', 'True WriteFailed', 'False WriteFailed'],
  ])('%s: bounds %s, ready %s, reconciling %s, stalled %s', (outcome, inForce, ready, reconciling, stalled) => {
    expect(said(outcome)).toEqual({
      BoundsInForce: inForce,
      Ready: ready,
      Reconciling: reconciling,
      Stalled: stalled,
      Accepted: 'True Accepted',
    });
  });

  test('the change that was written, with its reason, is what is said of the bounds', () => {
    const change = 'checkout 4 → 35, max 20 → 53: drop starts at 19:00 UTC';
    const said = conditionsAfterWrite(plan, { ...write('Written'), message: change });
    const messages = Object.fromEntries(said.map(({ type, message }) => [type, message]));
    expect(messages).toMatchObject({ BoundsInForce: `${change}.`, Ready: `${change}.` });
  });

  test('a restore that still waits for more than the write goes on reconciling', () => {
    const waits = 'maxReplicas stays 53';
    const conditions = plan.conditions.map(statement =>
      statement.type === 'Reconciling' ? { ...statement, message: waits } : statement,
    );
    const [reconciling] = conditionsAfterWrite({ ...plan, conditions }, write('Written')).filter(
      ({ type }) => type === 'Reconciling',
    );
    expect(reconciling).toMatchObject({ status: 'True', message: waits });
  });
});
