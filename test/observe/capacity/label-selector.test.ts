import { describe, expect, test } from 'vitest';
import { formatSelector, parseSelector } from '../../../src/observe/capacity/label-selector.ts';

describe('a selector as the scale subresource states it', () => {
  test.each([
    ['app=web', { app: 'web' }, true],
    ['app==web', { app: 'web' }, true],
    ['app=web', { app: 'webs' }, false],
    ['app=web,tier=front', { app: 'web', tier: 'front', more: 'x' }, true],
    ['app=web,tier=front', { app: 'web' }, false],
    ['tier in (front,back)', { tier: 'back' }, true],
    ['tier in (front,back)', { tier: 'middle' }, false],
    ['tier in (front,back)', {}, false],
    ['tier notin (front)', {}, true],
    ['tier notin (front)', { tier: 'front' }, false],
    ['tier!=front', { tier: 'back' }, true],
    ['tier!=front', { tier: 'front' }, false],
    ['app=web,tier in (front,back),!canary', { app: 'web', tier: 'front' }, true],
    ['app=web,tier in (front,back),!canary', { app: 'web', tier: 'front', canary: 'yes' }, false],
    ['track', { track: '' }, true],
    ['track', {}, false],
    ['app.kubernetes.io/name=cart,rollouts-pod-template-hash=5d', { 'app.kubernetes.io/name': 'cart' }, false],
    ['toString', {}, false],
    ['', { app: 'web' }, false],
    ['a b c', { a: 'b' }, false],
  ])('%j meets %j: %j', (selector, labels, meets) => {
    expect(parseSelector(selector)(labels)).toBe(meets);
  });

  test('is what a Deployment selects by', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['a', 'b'] },
        { key: 'zone', operator: 'NotIn', values: ['x'] },
        { key: 'track', operator: 'Exists' },
        { key: 'canary', operator: 'DoesNotExist' },
      ],
    };
    const text = formatSelector(selector);
    expect(text).toBe('app=web,tier in (a,b),zone notin (x),track,!canary');
    const isSelected = parseSelector(text);
    expect(isSelected({ app: 'web', tier: 'a', track: 'stable' })).toBe(true);
    expect(isSelected({ app: 'web', tier: 'a', track: 'stable', zone: 'x' })).toBe(false);
  });

  test('selects nothing where none is stated', () => {
    expect(formatSelector(undefined)).toBe('');
    expect(formatSelector({})).toBe('');
  });
});
