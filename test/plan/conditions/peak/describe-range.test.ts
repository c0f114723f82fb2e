import { expect, test } from 'vitest';
import { describeRange, type PeakRange } from '../../../../src/plan/conditions/peak/describe-range.ts';

const range: PeakRange = {
  median: 4,
  upper: 7.2,
  unseen: ['with kind clearance', 'on a weekend', 'as long', 'with categories shoes'],
  width: [
    { kind: 'scatter', share: 0.05 },
    { kind: 'prior', share: 0.3 },
    { kind: 'novelty', share: 0.65 },
  ],
};

test('the range is told as a multiple, with its largest reasons first and what would narrow it', () =>
  expect(describeRange(range)).toBe(
    'up to 1.8 times the expected peak, 65 % of that range because no past sale was like it (none with kind clearance, none on a weekend, none as long and 1 more; narrower with a past sale of this kind, or similarTo), 30 % because sales differ in general, and few of this shop are known (narrower with past sales with their times)',
  ));

test.each<[string, Partial<PeakRange>, string]>([
  [
    'one reason alone',
    { width: [{ kind: 'prior', share: 1 }] },
    'up to 1.8 times the expected peak, all of that range because sales differ in general',
  ],
  [
    'nothing that would narrow it',
    { width: [{ kind: 'live', share: 1 }] },
    'because a running sale leaves its curve the more, the further ahead',
  ],
  ['no property that is new', { unseen: [] }, 'no past sale was like it (narrower with a past sale of this kind'],
])('%s', (_, more, sentence) => expect(describeRange({ ...range, ...more })).toContain(sentence));

test.each<[string, Partial<PeakRange>]>([
  ['its reasons are not known', { width: [] }],
  ['nothing is planned above the expected peak', { upper: 4 }],
  ['no peak is expected', { median: 0 }],
])('nothing is told where %s', (_, more) => expect(describeRange({ ...range, ...more })).toBeUndefined());
