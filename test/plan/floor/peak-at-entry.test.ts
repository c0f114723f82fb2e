import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SaleOutlook } from '../../../src/plan/plan.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import type { GivenSale } from '../../support/shop/given-sales.ts';
import type { Given } from '../../support/shop/planned-namespace.ts';
import { namespaces } from '../arbitrary-namespace.ts';

const settings = { numRuns: 50, seed: 20_261_127 };

function outlookOf(given: Given, name: string): SaleOutlook | undefined {
  return planOf(given).plan.sales.find(({ sale }) => sale === name);
}

const isOpen = ({ stage }: SaleOutlook) => stage !== 'Past' && stage !== 'Over';

test('other sales change nothing of what a sale brings by itself, and lower no peak', () => {
  fc.assert(
    fc.property(namespaces, given => {
      for (const { name } of given.sales ?? []) {
        const among = outlookOf(given, name);
        const alone = outlookOf({ ...given, sales: (given.sales ?? []).filter(sale => sale.name === name) }, name);
        if (among === undefined || alone === undefined || !isOpen(among)) continue;
        expect(among.together?.ownPercent ?? among.peakPercent).toBe(alone.peakPercent);
        expect(among.peakPercent ?? 0).toBeGreaterThanOrEqual(alone.peakPercent ?? 0);
        expect(alone).not.toHaveProperty('together');
      }
    }),
    settings,
  );
});

test.each([
  ['one starts in the other', '19:00', '21:00', ['drop']],
  ['one runs inside the other', '18:00', '23:00', ['drop']],
  ['one begins as the other ends', '20:00', '22:00', undefined],
  ['one is only watched', '19:00', '21:00', undefined, 'ForecastOnly'],
])('names the sales that run in it when %s', (_, from, until, sales, mode = 'Apply') => {
  const sale = (name: string, start: string, end: string, fields: Partial<GivenSale> = {}): GivenSale => ({
    name,
    startTime: `2026-11-27T${start}:00Z`,
    endTime: `2026-11-27T${end}:00Z`,
    expectedPeakPercent: 400,
    ...fields,
  });
  const given = {
    now: '2026-11-27T12:00:00Z',
    sales: [sale('drop', '18:30', '20:00', { mode }), sale('evening', from, until)],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true } } },
  };
  const outlook = outlookOf(given, 'evening');
  expect(outlook?.together?.sales).toEqual(sales);
  expect(outlook?.together?.ownPercent ?? outlook?.peakPercent).toBe(400);
});

test('is safe up to its own part of the highest quantile where another sale runs at the same time', () => {
  const times = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 400 };
  const given = {
    now: '2026-11-27T12:00:00Z',
    sales: [
      { name: 'drop', ...times },
      { name: 'evening', ...times },
    ],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true } } },
  };
  // Together 7 times an ordinary minute, P95 at 1.2 times that; by itself 4 times, and so 4.8.
  expect(outlookOf(given, 'evening')?.peakBasis).toBe(
    'you said 4×; no past sale was measured; planned for 4×, safe to 4.8×',
  );
});
