import { expect, test } from 'vitest';
import { findPods } from '../../../src/observe/capacity/observe-pods.ts';

const unready = (name: string) => ({ name, createdAt: 1000, wasReady: false });
const records = [
  { labels: { app: 'web' }, readySince: 3000 },
  { labels: { app: 'web' }, unready: unready('web-b') },
  { labels: { app: 'web' }, unready: unready('web-a') },
  { labels: { app: 'web' }, readySince: 2000 },
  { labels: { app: 'db' }, readySince: 1000 },
  { labels: {} },
];

test('the pods of a selector are found, in order, with times in our own clock', () => {
  const find = findPods(records, 500);
  expect(find('app=web')).toEqual({
    readySince: [2500, 3500],
    unready: [
      { ...unready('web-a'), createdAt: 1500 },
      { ...unready('web-b'), createdAt: 1500 },
    ],
  });
  expect(find('app in (web,db)').readySince).toEqual([1500, 2500, 3500]);
  expect(find('app=nothing')).toEqual({ readySince: [], unready: [] });
  expect(find('')).toEqual({ readySince: [], unready: [] });
});

test('the order of the records changes nothing', () => {
  expect(findPods(records.toReversed(), 0)('app=web')).toEqual(findPods(records, 0)('app=web'));
});
