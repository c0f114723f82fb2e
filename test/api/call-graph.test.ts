import { describe, expect, test } from 'vitest';
import { callerAmong, callGraph, reach } from '../../src/api/call-graph.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { scalingTarget } from '../support/shop/kinds.ts';

/** The graph of `{ caller: [callee, …] }`, each call once a request. */
function graphOf(calls: Readonly<Record<string, readonly string[]>>) {
  const targets = Object.entries(calls).map(([name, callees]) => {
    const stated = scalingTarget({ calls: callees.map(target => ({ target, perThousandRequests: 1000 })) });
    return parseScalingTarget({ ...stated, metadata: { ...stated.metadata, name } });
  });
  return callGraph(targets);
}

describe('callGraph', () => {
  test.each([
    ['callers come first', { c: [], b: ['c'], a: ['b'] }, ['a', 'b', 'c']],
    ['by name where nothing else decides', { z: [], a: [], m: [] }, ['a', 'm', 'z']],
    [
      'a diamond waits for both its sides',
      { gateway: ['search', 'cart'], search: ['catalog'], cart: ['catalog'], catalog: [] },
      ['gateway', 'cart', 'search', 'catalog'],
    ],
  ])('%s', (_, calls, order) => {
    expect(graphOf(calls).order).toEqual(order);
  });

  test('names the circle of each of its members, and keeps the calls into and out of it', () => {
    const graph = graphOf({ gateway: ['a'], a: ['b'], b: ['a', 'c'], c: [] });
    expect([...graph.circles]).toEqual([
      ['a', ['a', 'b', 'a']],
      ['b', ['b', 'a', 'b']],
    ]);
    expect(graph.order).toHaveLength(4);
    expect(graph.callers.get('a')).toEqual([{ caller: 'gateway', perRequest: 1 }]);
    expect(graph.callers.get('c')).toEqual([{ caller: 'b', perRequest: 1 }]);
  });

  test('tells two circles apart', () => {
    const graph = graphOf({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] });
    expect(graph.circles.get('b')).toEqual(['b', 'a', 'b']);
    expect(graph.circles.get('d')).toEqual(['d', 'c', 'd']);
    expect(graph.callers.get('c')).toEqual([{ caller: 'b', perRequest: 1 }]);
  });

  test('leaves out calls to what is not there, and names them', () => {
    const graph = graphOf({ gateway: ['checkout', 'ghost'], checkout: [] });
    expect(graph.callees.get('gateway')).toEqual(['checkout']);
    expect([...graph.unknownCallees]).toEqual([['gateway', ['ghost']]]);
  });
});

describe('reach', () => {
  test.each([
    ['an entry point alone', ['d'], ['d']],
    ['everything behind it, by name', ['a'], ['a', 'b', 'c', 'd']],
    ['what several reach, once', ['b', 'c'], ['b', 'c', 'd']],
  ])('is %s', (_, from, reached) => {
    expect(reach(graphOf({ a: ['c', 'b'], b: ['d'], c: ['d'], d: [] }), from)).toEqual(reached);
  });
});

describe('callerAmong', () => {
  const graph = graphOf({ gateway: ['search'], search: ['catalog'], catalog: [], admin: ['catalog'] });

  test.each([
    ['catalog', ['gateway', 'catalog'], 'gateway'],
    ['catalog', ['catalog', 'admin'], 'admin'],
    ['gateway', ['gateway', 'catalog'], undefined],
    ['search', ['search'], undefined],
    ['admin', ['gateway', 'admin'], undefined],
  ])('of %s among %j is %s', (name, entryPoints, caller) => {
    expect(callerAmong(name, entryPoints, graph)).toBe(caller);
  });
});
