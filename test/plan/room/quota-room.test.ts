import { expect, test } from 'vitest';
import { quotaRoom } from '../../../src/plan/room/quota-room.ts';
import { quotaTakes } from '../../../src/plan/room/quota-takes.ts';

const shape = { containers: [{ name: 'app', resources: { requests: { cpu: '500m' } } }] };
const of = (pods: number) => [{ pods, shape }];
const quota = (name: string, hard: Record<string, string>, used: Record<string, string> = {}) => ({ name, hard, used });

test.each([
  ['nothing is limited', [], undefined],
  ['only what pods do not take is', [quota('a', { 'limits.cpu': '1' })], undefined],
  ['the pods of the sale come first', [quota('a', { pods: '40' }, { pods: '9' })], { replicas: 13, by: 'a (pods)' }],
  [
    'requests leave less',
    [quota('a', { pods: '40', cpu: '15' }, { pods: '9', cpu: '4.5' })],
    { replicas: 3, by: 'a (cpu)' },
  ],
  [
    'the tightest quota counts',
    [quota('a', { pods: '90' }), quota('b', { pods: '22' })],
    { replicas: 4, by: 'b (pods)' },
  ],
  ['it is overdrawn', [quota('a', { pods: '3' }, { pods: '9' })], { replicas: 0, by: 'a (pods)' }],
])('placeholders within quotas: %s', (_, quotas, room) => {
  const takes = quotaTakes();
  expect(quotaRoom(shape, { quotas, takes, coming: of(20), standing: of(4), granted: of(2) })).toEqual(room);
});
