import { describe, expect, test } from 'vitest';
import { parseFlashSale } from '../../src/api/flash-sale.ts';
import { saleTimes, startsInView } from '../../src/recurrence/sale-times.ts';
import { flashSale } from '../support/shop/kinds.ts';

const times = { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T22:00:00Z' };
const saleOf = (spec: object) => parseFlashSale(flashSale({ ...times, ...spec }));
const weekly = { recurrence: { rule: 'FREQ=WEEKLY', exceptDates: ['2026-12-04'] } };
const [from, until] = [Date.parse('2026-12-01T00:00:00Z'), Date.parse('2026-12-20T00:00:00Z')];

describe('the times of a sale', () => {
  test.each<[string, object, readonly string[]]>([
    ['that is single, wherever it is', {}, ['2026-11-27T20:00:00.000Z 2026-11-27T22:00:00.000Z']],
    [
      'of a series, in the span, without a skipped one',
      weekly,
      ['2026-12-11T20:00:00.000Z 2026-12-11T22:00:00.000Z', '2026-12-18T20:00:00.000Z 2026-12-18T22:00:00.000Z'],
    ],
    ['that is cancelled', { ...weekly, cancelled: true }, []],
  ])('%s', (_title, spec, expected) => {
    const told = saleTimes(saleOf(spec), from, until).map(({ start, end }) => [start, end].map(iso).join(' '));
    expect(told).toEqual(expected);
  });

  test('that may matter begin a sale and the time after it earlier, and the time before it or the view later', () => {
    const lengths = { beforeSeconds: 3600, afterSeconds: 60 };
    const view = (aheadMs: number) => startsInView(saleOf({}).spec, lengths, { now: from, aheadMs }).map(iso);
    expect(view(0)).toEqual(['2026-11-30T21:59:00.000Z', '2026-12-01T01:00:00.000Z']);
    expect(view(86_400_000)).toEqual(['2026-11-30T21:59:00.000Z', '2026-12-02T00:00:00.000Z']);
  });
});

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
