import { describe, expect, test } from 'vitest';
import type { Given } from '../../../support/shop/planned-namespace.ts';
import {
  roomIsThere as answered,
  gatewayBuffer as buffer,
  inTime,
  roomsOf,
  shape,
} from '../../../support/shop/rooms/given-rooms.ts';

const told = (given: Partial<Given>) =>
  roomsOf(given)
    .findings.filter(({ reason }) => reason.startsWith('Room'))
    .map(({ verdict, message, mend }) => `${verdict} ${message} ${mend}`);

describe('a CapacityBuffer', () => {
  const policy = { nodeRoom: 'CapacityBuffer' };

  test.each<[string, object, number, readonly string[]]>([
    ['new nodes may come while they have time', {}, 89, []],
    [
      'no autoscaler that answers is a NoGo',
      {},
      90,
      [
        'NoGo gateway: CapacityBuffer gateway-sale has no room for 25 of 25 pods after 1 min 30 s, which new nodes take: no autoscaler has answered. Raise the limit of the NodePool, or the largest size of the node group, by room for 25 pods of 12.5 CPU and 25600Mi; see that the autoscaler serves CapacityBuffers.',
      ],
    ],
    ['room that is there lacks nothing', answered, 90, []],
    [
      'what its limits leave is told',
      { ...answered, provided: 10 },
      90,
      [
        'NoGo gateway: CapacityBuffer gateway-sale has no room for 15 of 25 pods after 1 min 30 s, which new nodes take: its limits or a quota leave 10 of 25. Raise the limit of the NodePool, or the largest size of the node group, by room for 15 pods of 7.5 CPU and 15360Mi; see that the autoscaler serves CapacityBuffers.',
      ],
    ],
  ])('%s', (_, said, seconds, findings) => {
    const writtenAt = Date.parse(inTime) - seconds * 1000;
    expect(told({ policy, placeholders: [{ ...buffer, replicas: 25, writtenAt, buffer: said }] })).toEqual(findings);
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
