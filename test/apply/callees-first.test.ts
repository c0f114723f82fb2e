import { expect, test } from 'vitest';
import { calleesFirst } from '../../src/apply/callees-first.ts';

const target = (name: string, ...calls: readonly string[]) => ({
  metadata: { name },
  spec: { calls: calls.map(callee => ({ target: callee })) },
});
const order = (...targets: readonly ReturnType<typeof target>[]) =>
  calleesFirst(targets, one => one).map(({ metadata }) => metadata.name);

test('what a target calls comes before it, however deep', () => {
  expect(
    order(target('gateway', 'cart', 'search'), target('cart', 'stock'), target('search'), target('stock')),
  ).toEqual(['stock', 'cart', 'search', 'gateway']);
});

test('targets that do not call each other keep their order', () => {
  expect(order(target('b'), target('a'), target('c', 'nobody'))).toEqual(['b', 'a', 'c']);
});

test('a circle loses nobody', () => {
  expect(order(target('a', 'b'), target('b', 'a'), target('c')).toSorted()).toEqual(['a', 'b', 'c']);
});
