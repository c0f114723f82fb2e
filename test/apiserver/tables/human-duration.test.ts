import { expect, test } from 'vitest';
import { humanDuration } from '../../../src/apiserver/tables/human-duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** As k8s.io/apimachinery/pkg/util/duration tests it. */
test.each([
  [-5 * second, '<invalid>'],
  [-1 * second, '0s'],
  [0, '0s'],
  [119 * second, '119s'],
  [120 * second, '2m'],
  [3 * minute + 5 * second, '3m5s'],
  [10 * minute + 5 * second, '10m'],
  [179 * minute, '179m'],
  [3 * hour, '3h'],
  [5 * hour + 2 * minute, '5h2m'],
  [8 * hour + 2 * minute, '8h'],
  [47 * hour, '47h'],
  [2 * day, '2d'],
  [3 * day + 4 * hour, '3d4h'],
  [8 * day + 4 * hour, '8d'],
  [729 * day, '729d'],
  [730 * day, '2y'],
  [2 * 365 * day + 30 * day, '2y30d'],
  [9 * 365 * day, '9y'],
])('%d ms are %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});
