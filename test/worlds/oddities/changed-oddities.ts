import { formatInstant } from '../../../src/api/instant.ts';
import { changeSale, minuteMs, type Oddity, withGiven } from '../world.ts';
import { anySale, changeSaleAt, instantIn, isFar, movedBy } from './change-sale.ts';

/** What may happen to sales. */
export const changedOddities: readonly Oddity[] = [
  {
    name: 'a sale announced late',
    weight: 3,
    make: draft => {
      const sale = anySale(draft);
      draft.given = changeSale(draft.given, sale.name, () => undefined);
      const at = Date.parse(sale.startTime) - draft.random.pick([1, 2, 5, 9]) * minuteMs;
      const isLived = Number.isFinite(at) && !isFar(sale, draft.evening);
      const announce = { at: isLived ? at : draft.evening, what: `${sale.name} is announced` };
      draft.changes.push({
        ...announce,
        change: state =>
          withGiven(state, given => ({
            ...given,
            sales: [...(given.sales ?? []).filter(({ name }) => name !== sale.name), sale],
          })),
      });
    },
  },
  {
    name: 'another peak',
    weight: 2,
    make: draft => {
      const expectedPeakPercent = draft.random.int(100, 2500);
      changeSaleAt(draft, 'is stated otherwise', 'any', sale => ({ ...sale, expectedPeakPercent }));
    },
  },
  {
    name: 'a sale edited into nonsense',
    weight: 2,
    make: draft =>
      void changeSaleAt(draft, 'is edited into nonsense', 'during', sale => ({ ...sale, entryPoints: ['moon'] })),
  },
  {
    name: 'a longer sale',
    make: draft => void changeSaleAt(draft, 'is extended', 'during', sale => movedBy(sale, 0, 30)),
  },
  {
    name: 'a shorter sale',
    make: draft => void changeSaleAt(draft, 'ends earlier', 'any', sale => movedBy(sale, 0, -5)),
  },
  {
    name: 'a moved sale',
    make: draft => void changeSaleAt(draft, 'is moved', 'before', sale => movedBy(sale, 30, 30)),
  },
  {
    name: 'a cancelled sale',
    weight: 3,
    make: draft => void changeSaleAt(draft, 'is cancelled', 'during', sale => ({ ...sale, cancelled: true })),
  },
  {
    name: 'a sale cancelled ahead',
    make: draft => void changeSaleAt(draft, 'is cancelled', 'before', sale => ({ ...sale, cancelled: true })),
  },
  {
    name: 'a deleted sale',
    weight: 2,
    make: draft => {
      const name = changeSaleAt(draft, 'is deleted', 'during', () => undefined);
      const last = draft.changes.at(-1)?.at ?? draft.evening;
      draft.changes.push({
        at: last,
        what: `${name} was seen to be deleted`,
        change: state => withGiven(state, given => ({ ...given, deletedSales: [name] })),
      });
    },
  },
  {
    name: 'a sale that vanishes',
    weight: 4,
    make: draft => void changeSaleAt(draft, 'vanishes', 'during', () => undefined),
  },
  {
    name: 'a sale with a finalizer of others',
    make: draft => {
      const at = formatInstant(draft.evening);
      changeSaleAt(draft, 'is being deleted', 'during', sale => ({
        ...sale,
        metadata: { ...sale.metadata, deletionTimestamp: at },
      }));
    },
  },
  {
    name: 'sold out',
    weight: 5,
    make: draft => {
      const sale = anySale(draft);
      const stock = (samples: readonly number[]) => ({ ...draft.given.stock, [sale.name]: samples });
      draft.given = { ...draft.given, stock: stock([500, 300, 200]) };
      const at = instantIn(draft, sale, 'during');
      draft.changes.push({
        at,
        what: `${sale.name} is sold out`,
        change: state => withGiven(state, given => ({ ...given, stock: stock([500, 100, 0, 0, 0]) })),
      });
      if (draft.random.chance(0.3))
        draft.changes.push({
          at: at + 10 * minuteMs,
          what: `${sale.name} has stock again`,
          change: state => withGiven(state, given => ({ ...given, stock: stock([0, 0, 0, 80, 80]) })),
        });
    },
  },
  {
    name: 'a stock that cannot be read',
    make: draft => {
      draft.given = { ...draft.given, stock: { ...draft.given.stock, [anySale(draft).name]: { missing: 'HTTP 503' } } };
    },
  },
];
