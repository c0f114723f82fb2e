import { expect, test } from 'vitest';
import type { BufferObservation } from '../../../src/observe/capacity/observe-buffer.ts';
import { roomAnswer } from '../../../src/plan/room/room-answer.ts';
import { placeholderOf } from '../../support/shop/rooms/given-placeholders.ts';

const now = Date.parse('2026-11-27T18:50:00Z');
const is = (isTrue: boolean, reason = 'R', message = 'why') => ({ isTrue, reason, message });

function answerOf(buffer: BufferObservation, { replicas = 25, seconds = 90 } = {}) {
  const room = placeholderOf({ target: 'gateway', replicas, writtenAt: now - seconds * 1000, buffer }, now);
  return roomAnswer(room, now, 90_000);
}

test.each<[string, BufferObservation, object]>([
  ['nothing', {}, { ready: 0, lacking: 25, message: 'no autoscaler has answered' }],
  ['an old number alone', { provided: 25 }, { ready: 0, lacking: 25, message: 'no autoscaler has answered' }],
  ['that it cannot', { ready: is(false) }, { ready: 0, lacking: 25, message: 'why' }],
  [
    'that it has begun',
    { provided: 25, ready: is(true) },
    { ready: 0, lacking: 25, message: 'no autoscaler makes room' },
  ],
  [
    'that new nodes are needed',
    { provided: 25, ready: is(true), provisioning: is(false, 'RequiresNewCapacity', '12/25 virtual pods') },
    { ready: 0, lacking: 25, message: '12/25 virtual pods' },
  ],
  [
    'that all fit, as Karpenter does',
    { provided: 25, ready: is(true), provisioning: is(true, 'FitsExistingCapacity') },
    { ready: 25, lacking: 0 },
  ],
  [
    'that it has asked for room, as Cluster Autoscaler does',
    { provided: 25, ready: is(true), provisioning: is(true, 'FakePodsInjected') },
    { lacking: 0 },
  ],
  [
    'that its limits leave some',
    { provided: 10, ready: is(true), provisioning: is(true, 'FitsExistingCapacity') },
    { ready: 10, lacking: 15, message: 'its limits or a quota leave 10 of 25' },
  ],
  [
    'more than is asked for, until it has seen that',
    { provided: 40, ready: is(true), provisioning: is(true, 'FitsExistingCapacity') },
    { ready: 25, lacking: 0 },
  ],
])('an autoscaler that says %s', (_, said, expected) => {
  expect(answerOf(said)).toEqual(expected);
});

test('nothing is lacking before new nodes have had their time, nor of a CapacityBuffer that asks for nothing', () => {
  expect(answerOf({}, { seconds: 89 })).toMatchObject({ lacking: 0 });
  expect(answerOf({}, { replicas: 0 })).toEqual({ ready: 0, lacking: 0 });
});

test('nothing is lacking by a CapacityBuffer whose write is not known', () => {
  const room = placeholderOf({ target: 'gateway', replicas: 25, buffer: {} }, now);
  expect(roomAnswer(room, now, 90_000)).toMatchObject({ lacking: 0 });
});
