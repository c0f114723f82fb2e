import { describe, expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';
import { eveningSale } from '../../support/shop/evening-sale.ts';
import type { Given } from '../../support/shop/planned-namespace.ts';

const shape = { containers: [{ name: 'app', resources: { requests: { cpu: '500m', memory: '1Gi' } } }] };
const inTime = '2026-11-27T18:50:00Z';

/** The rooms of a namespace whose sale adds 25 pods of the gateway, three minutes before their raise. */
function roomsOf(given: Partial<Given>) {
  const { plan } = planOf({
    now: inTime,
    policy: { nodeRoom: 'PlaceholderPods' },
    sales: [eveningSale],
    targets: {
      gateway: { forecast: 30, spec: { entryPoint: true }, pods: { ready: { 3600: 4 } }, workload: { pod: shape } },
    },
    ...given,
  });
  return { rooms: plan.rooms ?? [], findings: plan.sales[0]?.findings ?? [] };
}

const told = (given: Partial<Given>) =>
  roomsOf(given)
    .findings.filter(({ reason }) => reason.startsWith('Room'))
    .map(({ verdict, message, mend }) => `${verdict} ${message} ${mend}`);

describe('placeholders', () => {
  test('of a target that is gone are closed, and stay while it cannot be read', () => {
    const placeholders = [{ target: 'old', replicas: 9 }];
    const [gone] = roomsOf({ placeholders }).rooms.slice(-1);
    expect(gone?.change).toBe('old-placeholder 9 → 0 placeholder pods: there is no ScalingTarget old');
    const unreadable = [{ kind: 'ScalingTarget' as const, name: 'old', field: 'spec', message: 'is missing' }];
    expect(roomsOf({ placeholders, unreadable }).rooms.at(-1)).not.toHaveProperty('replicas');
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
});

test.each<[string, Partial<Given>, readonly string[]]>([
  [
    'nothing is lacking while new nodes may come',
    {
      placeholders: [
        {
          target: 'gateway',
          replicas: 25,
          pod: shape,
          pods: { unready: [{ count: 25, ageSeconds: 80, reason: 'Unschedulable' }] },
        },
      ],
    },
    [],
  ],
  [
    'lacking room names what the nodes lack',
    {
      placeholders: [
        {
          target: 'gateway',
          replicas: 25,
          pod: shape,
          pods: { ready: { 9: 24 }, unready: [{ count: 1, ageSeconds: 90, reason: 'Unschedulable' }] },
        },
      ],
    },
    [
      'NoGo gateway: 1 of 25 placeholder pods has no node after 1 min 30 s, which new ones take. Raise the limit of the NodePool, or the largest size of the node group, by room for 1 pod of 0.5 CPU and 1024Mi.',
    ],
  ],
  [
    'what is lacking is of those that stand, where more are asked for now',
    {
      placeholders: [
        {
          target: 'gateway',
          replicas: 10,
          pod: shape,
          pods: { ready: { 9: 9 }, unready: [{ count: 1, ageSeconds: 90, reason: 'Unschedulable' }] },
        },
      ],
    },
    [
      'NoGo gateway: 1 of 10 placeholder pods has no node after 1 min 30 s, which new ones take. Raise the limit of the NodePool, or the largest size of the node group, by room for 1 pod of 0.5 CPU and 1024Mi.',
    ],
  ],
  [
    'placeholder pods that are closed lack no node',
    {
      placeholders: [
        {
          target: 'gateway',
          replicas: 25,
          pods: { unready: [{ count: 25, ageSeconds: 90, reason: 'Unschedulable' }] },
          pod: { containers: [{ name: 'pause' }] },
        },
      ],
    },
    [
      'AtRisk gateway: room on nodes is asked for, and the pods of Deployment gateway-placeholder request neither cpu nor memory, so no node keeps room. State their requests.',
    ],
  ],
  [
    'where pods cannot be read, what is not ready is lacking',
    {
      placeholders: [
        { target: 'gateway', replicas: 25, readyReplicas: 20, writtenAt: Date.parse(inTime) - 90_000, pod: shape },
      ],
    },
    [
      'NoGo gateway: 5 of 25 placeholder pods have no node after 1 min 30 s, which new ones take. Raise the limit of the NodePool, or the largest size of the node group, by room for 5 pods of 2.5 CPU and 5120Mi.',
    ],
  ],
  [
    'where pods cannot be read, new nodes may come for placeholders that were just asked for, however late the sale is known',
    {
      placeholders: [
        { target: 'gateway', replicas: 25, readyReplicas: 20, writtenAt: Date.parse(inTime) - 89_000, pod: shape },
      ],
    },
    [],
  ],
  [
    'from the raise on the pods of the sale tell it',
    {
      now: '2026-11-27T18:54:00Z',
      placeholders: [
        { target: 'gateway', replicas: 25, readyReplicas: 20, writtenAt: Date.parse(inTime) - 90_000, pod: shape },
      ],
    },
    [],
  ],
  [
    'a sale that only forecasts asks for no room',
    { policy: { nodeRoom: 'PlaceholderPods', mode: 'ForecastOnly' } },
    [],
  ],
  ['a policy that asks for none needs no placeholders', { policy: {} }, []],
])('%s', (_, given, findings) => {
  expect(told(given)).toEqual(findings);
});
