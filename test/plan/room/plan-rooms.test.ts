import { describe, expect, test } from 'vitest';
import type { Given } from '../../support/shop/planned-namespace.ts';
import {
  roomIsThere as answered,
  gatewayBuffer as buffer,
  roomsOf,
  shape,
} from '../../support/shop/rooms/given-rooms.ts';

describe('placeholders', () => {
  test('of a target that is gone are closed, and stay while it cannot be read', () => {
    const placeholders = [{ target: 'old', replicas: 9 }];
    const [gone] = roomsOf({ placeholders }).rooms.slice(-1);
    expect(gone?.change).toBe('old-placeholder 9 → 0 placeholder pods: there is no ScalingTarget old');
    const unreadable = [{ kind: 'ScalingTarget' as const, name: 'old', field: 'spec', message: 'is missing' }];
    expect(roomsOf({ placeholders, unreadable }).rooms.at(-1)).not.toHaveProperty('replicas');
    // Where the policy asks for no room, as in a restore of everything, nothing is left open.
    expect(roomsOf({ policy: {}, placeholders, unreadable }).rooms.at(-1)).toMatchObject({ replicas: 0 });
  });

  test('beside the one that is used are closed', () => {
    const placeholders = [
      { target: 'gateway', name: 'a', pod: shape },
      { target: 'gateway', name: 'b', replicas: 5, pod: shape },
    ];
    expect(roomsOf({ placeholders }).rooms.map(({ placeholder, replicas }) => [placeholder?.name, replicas])).toEqual([
      ['a', 25],
      ['b', 0],
    ]);
  });

  test('that are the workload of a target are never scaled', () => {
    const placeholders = [{ target: 'gateway', replicas: 5, conflict: 'an HPA scales it' }];
    expect(roomsOf({ placeholders }).rooms).toEqual([
      expect.not.objectContaining({ replicas: expect.anything(), change: expect.anything() }),
    ]);
  });

  test('name the writer who has changed their number', () => {
    const placeholders = [{ target: 'gateway', replicas: 400, replicasWriter: 'kubectl', pod: shape }];
    expect(roomsOf({ placeholders }).rooms[0]?.change).toContain('gateway-placeholder 400 (set by kubectl) → 25 ');
  });

  test('share what a quota leaves, in the order of their targets', () => {
    const target = { forecast: 30, spec: { entryPoint: true }, pods: { ready: { 3600: 4 } }, workload: { pod: shape } };
    const { rooms } = roomsOf({
      targets: { cart: target, gateway: target },
      placeholders: [
        { target: 'cart', pod: shape },
        { target: 'gateway', pod: shape },
      ],
      quotas: [{ name: 'peak', hard: { pods: '88' }, used: { pods: '8' } }],
    });
    expect(rooms.map(({ replicas }) => replicas)).toEqual([25, 5]);
  });

  test('count in a quota as far as they are created: it has refused the others itself', () => {
    const placeholders = [{ target: 'gateway', replicas: 25, pod: shape, pods: { ready: { 60: 10 } } }];
    const quotas = [{ name: 'peak', hard: { pods: '50' }, used: { pods: '14' } }];
    expect(roomsOf({ placeholders, quotas }).rooms[0]).toMatchObject({ replicas: 21, cut: { asked: 25 } });
  });
});

describe('CapacityBuffers', () => {
  const policy = { nodeRoom: 'CapacityBuffer' };

  test('are opened in place of placeholder pods, which are closed, and the other way round', () => {
    const placeholders = [{ target: 'gateway', replicas: 7, pod: shape }, buffer];
    const changes = (given: Partial<Given>) => roomsOf(given).rooms.map(({ change }) => change);
    const raise = 'which drop raises at 18:53 UTC';
    expect(changes({ policy, placeholders })).toEqual([
      `gateway-sale 0 → 25 pods of room: room for 25 pods of gateway, ${raise}`,
      'gateway-placeholder 7 → 0 placeholder pods: nodeRoom is CapacityBuffer',
    ]);
    expect(
      changes({
        placeholders: [
          { target: 'gateway', pod: shape },
          { ...buffer, replicas: 7 },
        ],
      }),
    ).toEqual([
      `gateway-placeholder 0 → 25 placeholder pods: room for 25 pods of gateway, ${raise}`,
      'gateway-sale 7 → 0 pods of room: nodeRoom is PlaceholderPods',
    ]);
  });

  test('all close where the policy asks for no room, and stay as they are while it cannot be read', () => {
    const placeholders = [
      { target: 'gateway', replicas: 7, pod: shape },
      { ...buffer, replicas: 7 },
    ];
    expect(roomsOf({ policy: {}, placeholders }).rooms.map(({ replicas }) => replicas)).toEqual([0, 0]);
    const unreadable = [{ kind: 'ScalingPolicy' as const, name: 'default', field: 'spec', message: 'is no object' }];
    const doubtful = roomsOf({ policy: {}, placeholders, unreadable }).rooms;
    expect(doubtful.filter(({ change }) => change !== undefined)).toEqual([]);
  });

  test('are counted by no quota', () => {
    const quotas = [{ name: 'peak', hard: { pods: '30' }, used: { pods: '30' } }];
    expect(roomsOf({ policy, placeholders: [buffer], quotas }).rooms[0]).toMatchObject({ replicas: 25 });
  });

  test('are told as there once the autoscaler says so', () => {
    const placeholders = [{ ...buffer, replicas: 25, buffer: answered }];
    expect(roomsOf({ policy, placeholders }).rooms[0]).toMatchObject({ pods: 25, ready: 25 });
  });
});
