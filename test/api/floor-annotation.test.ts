import { expect, test } from 'vitest';
import { readFloor } from '../../src/api/floor-annotation.ts';
import { floorAnnotation, floorMaxAnnotation } from '../../src/api/group.ts';

test.each<[string, number | undefined]>([
  ['1', 1],
  ['35', 35],
  ['100000', 100_000],
  ['0', undefined],
  ['035', undefined],
  ['-5', undefined],
  ['+5', undefined],
  ['3.5', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['', undefined],
  [' 35', undefined],
  ['35\n', undefined],
  ['many', undefined],
  ['1000000', undefined],
])('the annotation %j is a floor of %s', (text, floor) => {
  expect(readFloor({ [floorAnnotation]: text })).toBe(floor);
  expect(readFloor({ [floorMaxAnnotation]: text }, floorMaxAnnotation)).toBe(floor);
});

test('no annotation is no floor', () => {
  expect(readFloor(undefined)).toBeUndefined();
  expect(readFloor({ [floorMaxAnnotation]: '35' })).toBeUndefined();
});
