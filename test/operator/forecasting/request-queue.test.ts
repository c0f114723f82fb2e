import { expect, test } from 'vitest';
import { type OpenRequest, RequestQueue } from '../../../src/operator/forecasting/request-queue.ts';

function open(target: string, neededAt: number, rank: number): OpenRequest {
  const request = { fit: target, target, read: () => ({ missing: 'not read' }), pieces: [], neededAt };
  return { request, rank, done: [], resolve: () => {} };
}

const order = (queue: RequestQueue) => queue.takeAll().map(({ request }) => request.target);

test('what is needed first comes first, of equal ones what was asked first', () => {
  const queue = new RequestQueue();
  for (const [rank, [target, neededAt]] of (
    [
      ['b', 2],
      ['a', 1],
      ['c', 2],
    ] as const
  ).entries())
    queue.add(open(target, neededAt, rank));
  expect(order(queue)).toEqual(['a', 'b', 'c']);
});

test('a request that is put back keeps its place: its model serves all its pieces before another is needed', () => {
  const queue = new RequestQueue();
  for (let rank = 0; rank < 3; rank++) queue.add(open(`target-${rank}`, 1, rank));
  const first = queue.take();
  if (first !== undefined) queue.add(first);
  expect(order(queue)).toEqual(['target-0', 'target-1', 'target-2']);
});
