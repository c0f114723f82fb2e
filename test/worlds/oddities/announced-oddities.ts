import { minuteMs, type Oddity } from '../world.ts';
import { anySale, changeSaleOf, movedBy } from './change-sale.ts';

/** What may be odd about sales as they are announced. */
export const announcedOddities: readonly Oddity[] = [
  { name: 'a weekly sale', make: draft => changeSaleOf(draft, () => ({ recurrence: { rule: 'FREQ=WEEKLY' } })) },
  {
    name: 'a daily sale with a day left out',
    make: draft =>
      changeSaleOf(draft, sale => ({
        recurrence: { rule: 'FREQ=DAILY;COUNT=6', exceptDates: [dayAfter(sale.startTime)] },
      })),
  },
  {
    name: 'a yearly sale',
    weight: 3,
    make: draft =>
      changeSaleOf(draft, sale => ({ ...movedBy(sale, 144_000, 144_000), recurrence: { rule: 'FREQ=YEARLY' } })),
  },
  {
    name: 'a least peak',
    weight: 2,
    make: draft => changeSaleOf(draft, (_, { random }) => ({ minPeakPercent: random.int(100, 3000) })),
  },
  {
    name: 'the same visitors',
    weight: 2,
    make: draft => {
      draft.given = {
        ...draft.given,
        sales: (draft.given.sales ?? []).map(sale => ({ ...sale, audienceGroup: 'shoppers' })),
      };
    },
  },
  {
    name: 'a sale of more than a day held daily',
    weight: 3,
    make: draft => {
      changeSaleOf(draft, sale => ({ ...movedBy(sale, 0, 1440), hold: 'Daily' }));
      const targets = Object.entries(draft.given.targets).map(([name, target]) => [name, { ...target, night: 0.2 }]);
      draft.given = { ...draft.given, targets: Object.fromEntries(targets) };
    },
  },
  {
    name: 'similar to a sale',
    make: draft => changeSaleOf(draft, (_, { random }) => ({ similarTo: [random.pick(['drop', 'nowhere'])] })),
  },
  {
    name: 'a sale that only forecasts',
    weight: 2,
    make: draft => changeSaleOf(draft, () => ({ mode: 'ForecastOnly' })),
  },
  { name: 'no stated peak', make: draft => changeSaleOf(draft, () => ({ expectedPeakPercent: undefined })) },
  { name: 'a peak of a thousand times', make: draft => changeSaleOf(draft, () => ({ expectedPeakPercent: 100_000 })) },
  {
    name: 'two sales at the same time',
    make: draft => {
      const { startTime, endTime, timeZone } = anySale(draft);
      changeSaleOf(draft, () => ({ startTime, endTime, timeZone }));
    },
  },
  {
    name: 'a sale that ends before it starts',
    weight: 2,
    make: draft => changeSaleOf(draft, sale => ({ endTime: sale.startTime })),
  },
  { name: 'an unknown entry point', weight: 2, make: draft => changeSaleOf(draft, () => ({ entryPoints: ['moon'] })) },
  {
    name: 'an entry point behind another',
    weight: 2,
    make: draft => {
      changeSaleOf(draft, () => ({ entryPoints: ['gateway', 'storefront'] }));
      const { gateway, ...others } = draft.given.targets;
      const spec = { ...gateway?.spec, calls: [{ target: 'storefront', perThousandRequests: 900 }] };
      draft.given = { ...draft.given, targets: { gateway: { ...gateway, spec }, ...others } };
    },
  },
  {
    name: 'no entry point',
    weight: 3,
    make: draft => {
      const targets = Object.entries(draft.given.targets).map(([name, one]) => [
        name,
        { ...one, spec: { ...one?.spec, entryPoint: false } },
      ]);
      draft.given = { ...draft.given, targets: Object.fromEntries(targets) };
      changeSaleOf(draft, () => ({ entryPoints: undefined }));
    },
  },
  {
    name: 'a SalePlan that cannot be read',
    weight: 2,
    make: draft => {
      const broken = {
        kind: 'SalePlan',
        name: 'drop-20251127-1900',
        field: 'spec',
        message: 'must be an object',
      } as const;
      draft.given = { ...draft.given, unreadable: [...(draft.given.unreadable ?? []), broken] };
    },
  },
];

/** The day after a time, by the clocks with which it is written: `2026-11-28`. */
function dayAfter(time: string): string {
  return new Date(Date.parse(`${time.slice(0, 10)}T00:00:00Z`) + 1440 * minuteMs).toISOString().slice(0, 10);
}
