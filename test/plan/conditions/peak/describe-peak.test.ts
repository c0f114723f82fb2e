import { expect, test } from 'vitest';
import { describePeak, type KnownPeak } from '../../../../src/plan/conditions/peak/describe-peak.ts';

const known: KnownPeak = { stated: 6, past: [5.12, 6.18], planned: 5.83, safe: 9.06 };

test.each<[string, Partial<KnownPeak>, string]>([
  [
    'a statement and two past sales',
    {},
    'you said 6×; two past sales did 5.1× and 6.2×; planned for 5.8×, safe to 9.1×',
  ],
  ['no statement', { stated: undefined }, 'you stated no peak; two past sales did'],
  ['no past sale', { past: [] }, 'you said 6×; no past sale was measured; planned for'],
  ['one past sale', { past: [3] }, 'you said 6×; one past sale did 3×; planned for'],
  ['three past sales', { past: [3, 4, 5] }, '; three past sales did 3×, 4× and 5×; '],
  ['many past sales', { past: [3, 8.04, 1.26, 5] }, '; 4 past sales did 1.3× to 8×; '],
  ['a least peak', { least: 12 }, 'you said 6× and asked for at least 12×; two past sales did'],
  ['a sale that is only watched', { safe: undefined }, '5.1× and 6.2×; forecast 5.8×, nothing is raised'],
  ['large peaks', { stated: 124.4, planned: 38.6, safe: 101 }, 'you said 120×; '],
])('%s', (_, more, sentence) => expect(describePeak({ ...known, ...more })).toContain(sentence));

test('the report of a sale like it is named with what it said', () => {
  const advised = { salePlan: 'drop-20261120-1900', ratio: 6.12 };
  expect(describePeak({ stated: 8, past: [5.1], advised, planned: 5.8, safe: 9.1 })).toBe(
    'you said 8×; one past sale did 5.1×, the report of drop-20261120-1900 says 6.1×; planned for 5.8×, safe to 9.1×',
  );
});
