import { describe, expect, test } from 'vitest';
import type { Scaler } from '../../../src/plan/accept/scaler.ts';
import { planBounds } from '../../../src/plan/bounds/plan-bounds.ts';
import { scalerAt, targetSpec } from '../../support/shop/made-up-scaler.ts';

describe('planBounds', () => {
  const untouched = scalerAt(4, 20);
  test.each<[string, number | undefined, number, Scaler | undefined, [number, number]]>([
    ['no floor: the baseline', undefined, 240, untouched, [4, 20]],
    ['a floor at the baseline asks for nothing', 4, 240, untouched, [4, 20]],
    ['a raised floor, and its surge room', 35, 240, untouched, [35, 53]],
    ['surge room that the baseline has already', 10, 240, untouched, [10, 20]],
    ['surge room ends at the cap', 240, 240, untouched, [240, 240]],
    ['a floor above the cap', 300, 240, untouched, [240, 240]],
    ['maxReplicas never sinks before the restore', 35, 240, scalerAt(35, 80, { floor: 35, floorMax: 80 }), [35, 80]],
    ['what is ours sinks', 30, 240, scalerAt(35, 53, { floor: 35, floorMax: 53 }), [30, 53]],
    ['what someone else put higher stays', 35, 240, scalerAt(60, 60), [60, 60]],
    ['… also when we had raised it before', 35, 240, scalerAt(60, 60, { floor: 35, floorMax: 53 }), [60, 60]],
    ['… above the cap, too: a raise never lowers', 300, 240, scalerAt(300, 300), [300, 300]],
    ['… with a higher maximum than minimum', 35, 240, scalerAt(4, 300), [35, 300]],
    ['… when marked with the cap', 300, 240, scalerAt(300, 300, { floor: 240, floorMax: 240 }), [300, 300]],
    ['a minimum put back is raised again', 35, 240, scalerAt(4, 20, { floor: 35, floorMax: 53 }), [35, 53]],
    [
      'a cap that sinks lowers max once no pod is lost',
      35,
      30,
      scalerAt(35, 53, { floor: 35, floorMax: 53, currentReplicas: 40 }),
      [30, 53],
    ],
    [
      'a cap that sank lowers max when no pod needs it',
      35,
      30,
      scalerAt(30, 53, { floor: 30, floorMax: 53, currentReplicas: 30 }),
      [30, 30],
    ],
    ['a cap below the baseline stops raises, nothing else', 35, 2, untouched, [4, 20]],
    ['a workload of its own has no bounds to keep', 35, 240, { ...scalerAt(80, 80), kind: 'Workload' }, [35, 53]],
    ['no scaler at all', 35, 240, undefined, [35, 53]],
  ])('%s', (_, floor, cap, live, [minReplicas, maxReplicas]) => {
    const bounds = planBounds({ floor, spec: targetSpec(), cap, surgeRoomPercent: 50, scaler: live });
    expect(bounds).toEqual({ minReplicas, maxReplicas });
  });

  test.each<[string, number, Scaler | undefined, [number, number]]>([
    ['some surge room', 40, untouched, [35, 40]],
    ['none', 35, untouched, [35, 35]],
    ['more than the surge room', 90, untouched, [35, 53]],
    ['less than a live maximum that no pod needs', 40, scalerAt(35, 53, { floor: 35, floorMax: 53 }), [35, 40]],
    ['less than what runs', 40, scalerAt(35, 53, { floor: 35, floorMax: 53, currentReplicas: 44 }), [35, 53]],
  ])('shared limits leave %s', (_, room, scaler, [minReplicas, maxReplicas]) => {
    const bounds = planBounds({ floor: 35, spec: targetSpec(), cap: 240, surgeRoomPercent: 50, room, scaler });
    expect(bounds).toEqual({ minReplicas, maxReplicas });
  });
});
