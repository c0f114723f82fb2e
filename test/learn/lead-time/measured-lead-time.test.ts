import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { largestRaise, leadTimeEvidence, leadTimeOfRaise } from '../../../src/learn/lead-time/measured-lead-time.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const scaleUp = (day: number, added: number, workload = 'checkout') => ({
  at: `2026-11-${day}T18:00:00Z`,
  workload,
  added,
  seconds: 40,
  neededNodes: false,
});

test('the evidence is what the status holds of the workload that the target names', () => {
  const scaleUps = [scaleUp(20, 4), scaleUp(21, 9, 'basket')];
  const target = parseScalingTarget({ ...scalingTarget({}), status: { scaleUps } });
  const { name } = target.spec.workloadRef;
  const evidence = leadTimeEvidence({
    ...target,
    status: { scaleUps: [scaleUp(20, 4, name), scaleUp(21, 9, 'other')] },
  });
  expect(evidence).toEqual({ scaleUps: [scaleUp(20, 4, name)], statedSeconds: target.spec.leadTimeSeconds });
});

test('without a size, the lead time is of a raise as large as the largest one seen', () => {
  const evidence = { scaleUps: [2, 4, 8, 16, 8, 4].map((added, day) => scaleUp(10 + day, added)), statedSeconds: 90 };
  expect(leadTimeOfRaise(evidence)).toEqual(leadTimeOfRaise(evidence, 16));
  expect(leadTimeOfRaise(evidence, 33).seconds).toBe(90);
});

test('the largest raise is at least one replica', () => {
  expect([largestRaise([]), largestRaise([{ added: 3 }, { added: 12 }])]).toEqual([1, 12]);
});
