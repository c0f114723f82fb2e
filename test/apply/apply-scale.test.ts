import { describe, expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { applyScale } from '../../src/apply/apply-scale.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { deployments } from '../../src/kube/resources/resource-kind.ts';
import type { TargetPlan } from '../../src/plan/plan.ts';
import { scalingTarget } from '../support/shop/kinds.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const sales = [{ prescaleTime: start - 120_000, start }];
const hourMs = 3_600_000;

function planAt(replicas: number): TargetPlan {
  const bounds = { minReplicas: replicas, maxReplicas: replicas };
  return { target: 'checkout', bounds, replicas, action: 'Write', reason: 'SaleRunning', because: [], conditions: [] };
}

function askAt(now: number, replicas: number, wanted = 35) {
  const plan = { ...planAt(wanted), ...(wanted > 4 ? { floor: wanted } : {}) };
  const target = parseScalingTarget(scalingTarget({}));
  return {
    now,
    target,
    workload: { uid: 'u1', replicas },
    kind: deployments,
    plan,
    replan: () => plan,
    cap: 99,
    sales,
  };
}

function scaleAt(replicas: number) {
  return {
    metadata: { name: 'checkout', namespace: 'marketplace', uid: 'u1', resourceVersion: '7' },
    spec: { replicas },
  };
}

/** Looks every 15 s, while somebody puts 4 replicas back at once after each of our writes; when we have written. */
async function answersFrom(from: number, until: number): Promise<readonly number[]> {
  let steadyMs = from;
  const clocks = { monotonicMs: () => steadyMs, skewMs: () => 0 };
  const context = { ...scriptedContext(() => scaleAt(4)), clocks };
  const answers: number[] = [];
  for (let now = from; now < until; now += 15_000) {
    steadyMs = now;
    const { outcome } = await applyScale(context, askAt(now, 4));
    expect(['Written', 'Deferred']).toContain(outcome);
    if (outcome === 'Written') answers.push(now);
  }
  return answers;
}

describe('applyScale', () => {
  test('answers a writer who puts the replicas back six times an hour', async () => {
    expect(await answersFrom(start + hourMs, start + 2 * hourMs)).toHaveLength(6);
  });

  test('answers it every 30 s from the prescale time to ten minutes into the sale', async () => {
    expect(await answersFrom(start - 120_000, start + 600_000)).toHaveLength(24);
  });

  test('waits neither to raise further nor to lower', async () => {
    let live = 4;
    const context = scriptedContext(({ body }) => {
      live = (body as { spec: { replicas: number } } | undefined)?.spec.replicas ?? live;
      return scaleAt(live);
    });
    for (const wanted of [35, 40, 4]) {
      expect(await applyScale(context, askAt(start, live, wanted))).toMatchObject({ outcome: 'Written' });
      expect(live).toBe(wanted);
    }
  });

  test('tries again at once what the API server has not taken', async () => {
    let tries = 0;
    const context = scriptedContext(({ method }) => {
      if (method === 'PATCH' && ++tries === 1) throw new ApiError(500, { message: 'no' }, 'PATCH');
      return scaleAt(4);
    });
    expect(await applyScale(context, askAt(start, 4))).toMatchObject({ outcome: 'Failed' });
    expect(await applyScale(context, askAt(start + 1000, 4))).toMatchObject({ outcome: 'Written' });
  });

  test('writes under the uid and the version that was read', async () => {
    const sent: unknown[] = [];
    const context = scriptedContext(({ method, body }) => {
      if (method === 'PATCH') sent.push(body);
      return scaleAt(4);
    });
    await applyScale(context, askAt(start, 4));
    expect(sent).toEqual([{ metadata: { uid: 'u1', resourceVersion: '7' }, spec: { replicas: 35 } }]);
  });

  test('leaves a workload alone that was made anew under the same name', async () => {
    const calls: string[] = [];
    const context = scriptedContext(({ method }) => {
      calls.push(method);
      return { ...scaleAt(4), metadata: { ...scaleAt(4).metadata, uid: 'u2' } };
    });
    expect(await applyScale(context, askAt(start, 4))).toMatchObject({ outcome: 'Refused' });
    expect(calls).toEqual(['GET']);
  });
});
