import type { FlashSaleSpec } from '../../api/flash-sale.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import type { GoneSale } from './gone-sale.ts';
import type { Refusal } from './refusal.ts';
import type { StockOfSale } from './sold-out.ts';

/** The past sales that a sale names in `similarTo`. */
export interface SimilarSales {
  /** Names of the SalePlans (or the occurrences that have none) that count as of the same kind, by start. */
  readonly known: readonly string[];
  /** Names that no past sale has. */
  readonly unknown: readonly string[];
}

/** One time that a sale takes place, as far as is known now. */
export interface Occurrence {
  /** The FlashSale's name and UID. */
  readonly sale: string;
  readonly uid: string;
  /** Name of this occurrence's SalePlan; its identity. */
  readonly salePlan: string;
  /** As if this occurrence were announced alone: of a recurring sale, with the times of this date. */
  readonly spec: FlashSaleSpec;
  /** The FlashSale's own spec, where it announces this occurrence now. */
  readonly stated?: FlashSaleSpec;
  /** What is told of the dates of its recurring sale, in a sentence; absent for a single sale. */
  readonly series?: string;
  /** Which fields its FlashSale was read without, in sentences; absent when it was read whole. */
  readonly leftOut?: string;
  /** True for the one occurrence of each sale that its FlashSale's status describes. */
  readonly isShown?: true;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive; for a sale that was called off, when it stopped: `start` when it never began. */
  readonly end: number;
  /** Why it ended early; it then raises nothing any more. */
  readonly calledOff?: 'Cancelled' | 'Deleted';
  /** Why the FlashSale is refused as it is now; the occurrence continues as it was last accepted. */
  readonly refusal?: Refusal;
  /** Its FlashSale vanished while its bounds were raised, which are held for a while. */
  readonly gone?: GoneSale;
  /** The past sales that it names in `similarTo`; absent when it names none. */
  readonly similar?: SimilarSales;
  /** What its stock says while it runs; absent when there is none. */
  readonly stock?: StockOfSale;
  readonly record?: SalePlan;
  readonly entryPoints: readonly string[];
  /** Names of the targets that its traffic reaches. */
  readonly reaches: readonly string[];
}

/** Whether the traffic of a sale reaches a target. */
export function isReached({ reaches }: Pick<Occurrence, 'reaches'>, target: string): boolean {
  const known = reached.get(reaches) ?? new Set(reaches);
  reached.set(reaches, known);
  return known.has(target);
}

/** The same names as a set: they are looked up once a target, and a list would be searched through each time. */
const reached = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether an occurrence is being served at `now`, or is still to be served. */
export function isDueOrAhead({ calledOff, end }: Occurrence, now: number): boolean {
  return calledOff === undefined && now < end;
}
