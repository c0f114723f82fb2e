import { expect, test } from 'vitest';
import type { ConditionUpdate } from '../../../src/api/condition.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { type LearnedStatus, targetStatus } from '../../../src/apply/reports/compose-status.ts';
import type { TargetPlan } from '../../../src/plan/plan.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const now = Date.parse('2026-11-27T20:05:15Z');
const change = {
  type: 'BoundsInForce',
  status: 'True',
  reason: 'SaleRunning',
  message: 'checkout 112 → 90: why.',
} as const;
const lastChange = {
  at: '2026-11-27T20:00:00Z',
  because: [{ rule: 'raise', value: '112', unit: 'replicas', message: 'an earlier change' }],
};
const sink = { rule: 'sink', value: 90, unit: 'replicas', message: 'why' } as const;

/** The steps in the status after a look, where `message` was said before. */
function lastChangeAfter(message: string, inForce: ConditionUpdate, action: TargetPlan['action'] = 'Write'): unknown {
  const conditions = [{ ...change, message, lastTransitionTime: '2026-11-27T18:00:00Z' }];
  const target = parseScalingTarget({ ...scalingTarget({}), status: { lastChange, conditions } });
  const bounds = { minReplicas: 90, maxReplicas: 168 };
  const plan: TargetPlan = {
    target: 'checkout',
    bounds,
    action,
    reason: 'SaleRunning',
    because: [sink],
    conditions: [],
  };
  return (targetStatus(target, plan, { conditions: [inForce] }, now).after as { lastChange?: unknown }).lastChange;
}

test('the steps of a change come with its message', () => {
  expect(lastChangeAfter('checkout 90 → 112: before.', change)).toEqual({
    at: '2026-11-27T20:05:15Z',
    because: [{ ...sink, value: '90' }],
  });
});

test('they stay, byte for byte, while the message does', () => {
  expect(lastChangeAfter(change.message, change)).toEqual(lastChange);
});

test('they stay while the next change is not in force', () => {
  const failed = { ...change, status: 'False', reason: 'WriteFailed', message: 'checkout: no answer.' } as const;
  expect(lastChangeAfter('checkout 90 → 112: before.', failed)).toEqual(lastChange);
});

test('they go where the bounds are no longer ours', () => {
  const idle = { ...change, reason: 'Baseline', message: 'No raise is due.' } as const;
  expect(lastChangeAfter('checkout 90 → 112: before.', idle, 'Hold')).toBeUndefined();
});

test('the status names floor and bounds as planned, and drops those of before', () => {
  const before = { floor: 112, bounds: { minReplicas: 112, maxReplicas: 168 }, conditions: [] };
  const target = parseScalingTarget({ ...scalingTarget({}), status: before });
  const plan: TargetPlan = {
    target: 'checkout',
    autoscaler: 'checkout',
    bounds: { minReplicas: 90, maxReplicas: 168 },
    action: 'Write',
    floor: 90,
    reason: 'SaleRunning',
    because: [],
    conditions: [],
  };
  expect(targetStatus(target, plan, { conditions: [] }, now).after).toMatchObject({
    floor: 90,
    bounds: { minReplicas: 90 },
  });
  const { floor: _, autoscaler: __, ...idle } = plan;
  expect(targetStatus(target, idle, { conditions: [] }, now).after).not.toHaveProperty('floor');
  expect(targetStatus(target, idle, { conditions: [] }, now).after).not.toHaveProperty('bounds');
});

/** The plan of a target at its baseline. */
const holding: TargetPlan = {
  target: 'checkout',
  bounds: { minReplicas: 4, maxReplicas: 20 },
  action: 'Hold',
  reason: 'Baseline',
  because: [],
  conditions: [],
};

test('the status keeps what was learned before, and takes what is learned now', () => {
  const before = { demandLatenessSeconds: 120, ordinaryReplicas: [{ hour: 3, replicas: 4 }], conditions: [] };
  const target = parseScalingTarget({ ...scalingTarget({}), status: before });
  expect(targetStatus(target, holding, { conditions: [] }, now).after).toMatchObject(before);
  const learned = { demandLatenessSeconds: 60 };
  expect(targetStatus(target, holding, { conditions: [], learned }, now).after).toMatchObject({
    ...before,
    ...learned,
  });
});

test('the status keeps what is learned of the lead time, and drops what no scale-up supports', () => {
  const scaleUps = [{ at: '2026-11-26T18:00:00Z', workload: 'checkout', added: 30, seconds: 140 }];
  const target = parseScalingTarget({ ...scalingTarget({}), status: { scaleUps, measuredLeadTimeSeconds: 70 } });
  const after = (learned: LearnedStatus) => targetStatus(target, holding, { conditions: [], learned }, now).after;
  expect(after({ scaleUps, measuredLeadTimeSeconds: 203 })).toMatchObject({ scaleUps, measuredLeadTimeSeconds: 203 });
  expect(after({ scaleUps })).not.toHaveProperty('measuredLeadTimeSeconds');
  expect(after({})).toMatchObject({ scaleUps, measuredLeadTimeSeconds: 70 });
  expect(after({ scaleUps: [] })).not.toHaveProperty('scaleUps');
  expect(after({ scaleUps: [] })).not.toHaveProperty('measuredLeadTimeSeconds');
});

test('the accuracy of late replaces the one before, which stays while nothing newer is known', () => {
  const judged = parseScalingTarget({ ...scalingTarget({}), status: { accuracy: { days: 3, wapePercent: 40 } } });
  const accuracy = { until: '2026-11-27T00:00:00Z', days: 7, wapePercent: 11.6 };
  expect(targetStatus(judged, holding, { conditions: [], learned: { accuracy } }, now).after).toMatchObject({
    accuracy: { until: '2026-11-27T00:00:00Z', days: 7, wapePercent: 12 },
  });
  expect(targetStatus(judged, holding, { conditions: [] }, now).after).toMatchObject({
    accuracy: { days: 3, wapePercent: 40 },
  });
});

test('what ordinary peaks saved stays until it is told anew, and goes once they are not raised any more', () => {
  const week = {
    until: '2026-11-27T06:00:00Z',
    days: 7,
    replicaHours: '12',
    secondsShort: '30',
    secondsShortAlone: '900',
  };
  const after = (spec: object) => {
    const target = parseScalingTarget({ ...scalingTarget({ ...spec }), status: { ordinaryPeaks: week } });
    return (targetStatus(target, holding, { conditions: [] }, now).after as { ordinaryPeaks?: unknown }).ordinaryPeaks;
  };
  expect(after({ ordinaryPeaks: true })).toEqual(week);
  expect(after({})).toBeUndefined();
});
