import { expect, test } from 'vitest';
import { labelNodes } from '../../../src/learn/lead-time/label-nodes.ts';

const labels = (times: readonly number[], neededNodes?: boolean) =>
  labelNodes(times.map(seconds => ({ added: 5, seconds, neededNodes }))).map(one => one.neededNodes);

test.each([
  ['what was seen counts', [40, 150], true, [true, true]],
  ['times in one group found room', [30, 35, 42, 50, 61], undefined, [false, false, false, false, false]],
  ['times beyond a gap needed nodes', [30, 160, 42, 150, 38], undefined, [false, true, false, true, false]],
  ['two times show no gap', [30, 160], undefined, [false, false]],
  ['evenly spread times show no gap', [20, 40, 80, 160], undefined, [false, false, false, false]],
] as const)('%s', (_, times, neededNodes, expected) => {
  expect(labels(times, neededNodes)).toEqual(expected);
});

test('leaves out a scale-up that never became ready', () => {
  expect(labelNodes([{ added: 5 }, { added: 5, seconds: 40, neededNodes: false }])).toEqual([
    { added: 5, seconds: 40, neededNodes: false },
  ]);
});
