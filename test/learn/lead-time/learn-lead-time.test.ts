import { expect, test } from 'vitest';
import type { ScaleUpRecord } from '../../../src/api/learned/scale-up.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { learnLeadTime } from '../../../src/learn/lead-time/learn-lead-time.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const target = (scaleUps: readonly object[]) => {
  const object = parseScalingTarget({ ...scalingTarget({}), status: { scaleUps } });
  return { ...object, spec: { ...object.spec, workloadRef: { ...object.spec.workloadRef, name: 'cart' } } };
};
const scaleUp = (day: number, seconds?: number): ScaleUpRecord => ({
  at: `2026-11-${day}T18:00:00Z`,
  workload: 'cart',
  added: 20,
  ...(seconds === undefined ? {} : { seconds }),
});

test('what was seen joins what is stored, and the lead time follows', () => {
  const { scaleUps, measuredLeadTimeSeconds } = learnLeadTime(target([scaleUp(20, 300)]), [scaleUp(21, 320)], now);
  expect(scaleUps).toEqual([scaleUp(20, 300), scaleUp(21, 320)]);
  expect(measuredLeadTimeSeconds).toBeGreaterThan(320);
});

test('a scale-up that never became ready is kept and measures nothing', () => {
  expect(learnLeadTime(target([]), [scaleUp(21)], now)).toEqual({ scaleUps: [scaleUp(21)] });
});
