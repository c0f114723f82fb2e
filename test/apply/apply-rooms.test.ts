import { describe, expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { applyRooms, tellRooms } from '../../src/apply/apply-rooms.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import type { ApiCall } from '../../src/kube/http/transport.ts';
import type { RoomPlan } from '../../src/plan/room/room-plan.ts';
import { scalingTarget } from '../support/shop/kinds.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const now = Date.parse('2026-11-27T18:50:00Z');

function room(replicas: number, live = 0): RoomPlan {
  const placeholder = { kind: 'Deployment' as const, name: 'checkout-placeholder', uid: 'u1', live };
  return { target: 'checkout', pods: replicas, ready: 0, placeholder, replicas, change: `${live} → ${replicas}` };
}

const scaleAt = (replicas: number, uid = 'u1') => ({ metadata: { uid, resourceVersion: '7' }, spec: { replicas } });
const apply = (context: ReturnType<typeof scriptedContext>, rooms: readonly RoomPlan[], at = now) =>
  applyRooms(context, { now: at, namespace: 'marketplace', rooms });

describe('applyRooms', () => {
  test('scales the Deployment under the uid and the version that was read', async () => {
    const sent: ApiCall[] = [];
    const context = scriptedContext(call => {
      sent.push(call);
      return scaleAt(0);
    });
    expect(await apply(context, [room(25)])).toMatchObject([{ part: 'Room', outcome: 'Written', message: '0 → 25' }]);
    expect(sent.at(-1)).toMatchObject({
      method: 'PATCH',
      path: '/apis/apps/v1/namespaces/marketplace/deployments/checkout-placeholder/scale',
      body: { metadata: { uid: 'u1', resourceVersion: '7' }, spec: { replicas: 25 } },
    });
  });

  const buffer: RoomPlan = {
    ...room(25),
    placeholder: { kind: 'CapacityBuffer', name: 'checkout-sale', uid: 'u1', live: 0 },
  };

  test('writes the replicas of a CapacityBuffer, and nothing else of it', async () => {
    const sent: ApiCall[] = [];
    const context = scriptedContext(call => {
      sent.push(call);
      return { metadata: { uid: 'u1', resourceVersion: '7' }, spec: { scalableRef: { name: 'checkout' } } };
    });
    expect(await apply(context, [buffer])).toMatchObject([{ kind: 'CapacityBuffer', outcome: 'Written' }]);
    expect(sent.at(-1)).toMatchObject({
      method: 'PATCH',
      path: '/apis/autoscaling.x-k8s.io/v1beta1/namespaces/marketplace/capacitybuffers/checkout-sale',
      body: { metadata: { uid: 'u1', resourceVersion: '7' }, spec: { replicas: 25 } },
    });
  });

  test('writes no replicas beside a percentage that somebody has stated meanwhile, and closes', async () => {
    const calls: string[] = [];
    const context = scriptedContext(({ method }) => {
      calls.push(method);
      return { metadata: { uid: 'u1', resourceVersion: '7' }, spec: { replicas: 9, percentage: 20 } };
    });
    expect(await apply(context, [buffer])).toMatchObject([{ outcome: 'Refused' }]);
    expect(calls).not.toContain('PATCH');
    expect(await apply(context, [{ ...buffer, replicas: 0 }])).toMatchObject([{ outcome: 'Written' }]);
  });

  test.each([
    ['is there already', () => scaleAt(25), 'Unchanged'],
    ['is another of its name', () => scaleAt(0, 'u2'), 'Refused'],
    [
      'is gone',
      () => {
        throw new ApiError(404, { message: 'no' }, 'GET');
      },
      'Gone',
    ],
    [
      'may not be read',
      () => {
        throw new ApiError(403, { message: 'no' }, 'GET');
      },
      'Refused',
    ],
  ])('writes nothing where it %s', async (_, answer, outcome) => {
    const calls: string[] = [];
    const context = scriptedContext(call => {
      calls.push(call.method);
      return answer();
    });
    expect(await apply(context, [room(25)])).toMatchObject([{ outcome }]);
    expect(calls).not.toContain('PATCH');
  });

  test.each([
    [2, 'Written'],
    [3, 'Conflict'],
  ])('tries again when the Deployment has changed meanwhile: %i times', async (conflicts, outcome) => {
    let tries = 0;
    const context = scriptedContext(({ method }) => {
      if (method === 'PATCH' && ++tries <= conflicts) throw new ApiError(409, { message: 'modified' }, 'PATCH');
      return scaleAt(0);
    });
    expect(await apply(context, [room(25)])).toMatchObject([{ outcome }]);
  });

  test('asks for nothing where nothing changes', async () => {
    const { change: _, ...same } = room(25, 25);
    const context = scriptedContext(() => expect.unreachable('no request'));
    expect(await apply(context, [same])).toEqual([]);
  });

  test('answers a writer who closes it again every 30 s, and gives room back at once', async () => {
    let steadyMs = 0;
    let live = 0;
    const scripted = scriptedContext(({ body }) => {
      live = (body as { spec: { replicas: number } } | undefined)?.spec.replicas ?? live;
      return scaleAt(live);
    });
    const context = { ...scripted, clocks: { monotonicMs: () => steadyMs, skewMs: () => 0 } };
    const outcomes: string[] = [];
    for (const at of [0, 15_000, 30_000]) {
      steadyMs = at;
      live = 0;
      outcomes.push(...(await apply(context, [room(25)], now + at)).map(({ outcome }) => outcome));
    }
    expect(outcomes).toEqual(['Written', 'Deferred', 'Written']);
    expect(await apply(context, [room(0, 25)], now + 31_000)).toMatchObject([{ outcome: 'Written' }]);
  });

  test('tells the target of each opening, and of a refusal once', async () => {
    const target = parseScalingTarget(scalingTarget({}));
    const told: unknown[] = [];
    const events = { recordEvent: (event: { readonly reason: string }) => told.push(event.reason) };
    let uid = 'u1';
    const context = { ...scriptedContext(() => scaleAt(0, uid)), events };
    const input = { now, namespace: 'marketplace', rooms: [room(25)] };
    for (uid of ['u1', 'u2', 'u2'])
      tellRooms(context, input, { writes: await applyRooms(context, input), targets: [target] });
    expect(told).toEqual(['RoomWritten', 'WriteRefused']);
  });
});
