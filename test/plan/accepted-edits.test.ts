import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../src/api/instant.ts';
import type { SalePlan } from '../../src/api/sale-plan.ts';
import { newestRecords } from '../../src/plan/accept/newest-records.ts';
import { acceptedSpec, announcedSpec, recordEdit } from '../../src/plan/accepted-edits.ts';
import { salePlanOf } from '../support/shop/given-sales.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const minuteMs = 60_000;

/** The SalePlan of a sale that begins `hour` hours after seven. */
function planned(createdAt: number, hour = 0): SalePlan {
  const [startTime, endTime] = [0, 2].map(hours => formatInstant(start + (hour + hours) * 60 * minuteMs));
  return salePlanOf({
    sale: { name: 'drop', startTime: startTime ?? '', endTime: endTime ?? '' },
    createdAt: formatInstant(createdAt),
  });
}

function edited(
  record: SalePlan,
  expectedPeakPercent: number,
  now: number,
  others: readonly SalePlan[] = [],
): SalePlan {
  const spec = { ...record.spec.sale.spec, expectedPeakPercent };
  const edits = recordEdit({ record, spec, others, now });
  return edits === undefined ? record : { ...record, status: { ...record.status, edits: [...edits] } };
}

describe('the edits that a SalePlan records', () => {
  test('give what was accepted last, and what was announced at the start, from at most two of them', () => {
    const edit = fc.record({
      minute: fc.integer({ min: -60, max: 100 }),
      percent: fc.constantFrom(200, 400, 800),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), edits => {
        const inOrder = edits.toSorted((a, b) => a.minute - b.minute);
        const created = planned(start - 90 * minuteMs);
        const record = inOrder.reduce(
          (one, { minute, percent }) => edited(one, percent, start + minute * minuteMs),
          created,
        );
        expect(acceptedSpec(record).expectedPeakPercent).toBe(inOrder.at(-1)?.percent);
        expect(announcedSpec(record).expectedPeakPercent).toBe(inOrder.findLast(({ minute }) => minute < 0)?.percent);
        expect(record.status?.edits?.length).toBeLessThanOrEqual(2);
      }),
      { seed: 20_261_127, numRuns: 300 },
    );
  });

  test('are left as they are when the spec is as accepted', () => {
    const record = edited(planned(start - 90 * minuteMs), 400, start);
    const { edits } = record.status ?? {};
    const spec = acceptedSpec(record);
    expect(recordEdit({ record, spec: { ...spec }, others: [], now: start + minuteMs })).toBe(edits);
  });

  test('make the time that a sale was moved back to the newest, whatever the clocks say', () => {
    const away = planned(start - 30 * minuteMs, 2);
    const first = planned(start - 90 * minuteMs);
    expect(newestRecords([first, away], start)).toEqual(new Set([away]));
    for (const minute of [-29, -40]) {
      const spec = first.spec.sale.spec;
      const edits = recordEdit({ record: first, spec, others: [away], now: start + minute * minuteMs });
      const back = { ...first, status: { ...first.status, edits: [...(edits ?? [])] } };
      expect(newestRecords([back, away], start)).toEqual(new Set([back]));
      expect(recordEdit({ record: back, spec, others: [away], now: start })).toBe(back.status.edits);
    }
  });
});
