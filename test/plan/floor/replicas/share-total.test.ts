import { describe, expect, test } from 'vitest';
import { shareTotal } from '../../../../src/plan/floor/replicas/share-total.ts';

describe('shareTotal', () => {
  const want = (
    target: string,
    kept: number,
    wanted: number,
    tier: 'Critical' | 'Standard' | 'Background' = 'Standard',
  ) => ({ target, tier, kept, wanted });
  test.each([
    ['everybody gets all while there is room', [want('a', 4, 30), want('b', 4, 10)], 40, { a: 30, b: 10 }],
    ['the same part of what each lacks', [want('a', 4, 44), want('b', 4, 24)], 38, { a: 24, b: 14 }],
    [
      'whole replicas, the largest fraction first',
      [want('a', 1, 4), want('b', 1, 4), want('c', 1, 4)],
      7,
      { a: 3, b: 2, c: 2 },
    ],
    [
      'Critical before Standard before Background',
      [want('a', 4, 20, 'Background'), want('b', 4, 20), want('c', 4, 20, 'Critical')],
      36,
      { a: 4, b: 12, c: 20 },
    ],
    [
      'everybody keeps what it keeps, even above the total',
      [want('a', 10, 20), want('b', 10, 20)],
      15,
      { a: 10, b: 10 },
    ],
  ])('%s', (_, wants, total, shares) => {
    expect(Object.fromEntries(shareTotal(wants, total))).toEqual(shares);
    expect(Object.fromEntries(shareTotal(wants.toReversed(), total))).toEqual(shares);
  });
});
