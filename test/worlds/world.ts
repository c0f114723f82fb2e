import type { SalePlan } from '../../src/api/sale-plan.ts';
import type { ScalingTargetSpec } from '../../src/api/scaling-target.ts';
import type { StrayObservation } from '../../src/observe/observation.ts';
import type { GivenSale } from '../support/shop/given-sales.ts';
import type { Given, GivenTarget } from '../support/shop/planned-namespace.ts';
import type { Random } from './random.ts';

/** What stands in a namespace between two reconciles; `given.now` is when it was last looked at. */
export interface State {
  readonly given: Given;
  readonly salePlans: readonly SalePlan[];
  /** Raised objects that their targets refer to no longer. */
  readonly strays: readonly StrayObservation[];
  /** Times of the first date of a recurring sale whose times were changed since it began, by the sale's name. */
  readonly begun?: Readonly<Record<string, SaleTimes>>;
  /** Fields of targets that got past the schema, as an older one may have let them, by name. */
  readonly unchecked: Readonly<Record<string, Partial<ScalingTargetSpec>>>;
}

type SaleTimes = Pick<GivenSale, 'startTime' | 'endTime'>;

/** Something that happens in a world at an instant, whoever does it. */
export interface Change {
  /** Epoch ms. */
  readonly at: number;
  readonly what: string;
  readonly change: (state: State) => State;
}

/** A namespace with at least two sales and three targets, and what happens to it. */
export interface World {
  readonly seed: number;
  readonly index: number;
  /** What is odd about it, in words. */
  readonly oddities: readonly string[];
  readonly first: State;
  readonly changes: readonly Change[];
  /** Epoch ms of the reconciles, ascending. */
  readonly ticks: readonly number[];
  /** Epoch ms from which no sale covers anything. */
  readonly over: number;
  /** Demand as a share of what is forecast. */
  readonly loadRatio: number;
}

/** A world while it is made. */
export interface Draft {
  readonly random: Random;
  /** Epoch ms around which everything happens. */
  readonly evening: number;
  given: Given;
  /** SalePlans of sales that are over. */
  salePlans: State['salePlans'];
  unchecked: State['unchecked'];
  readonly changes: Change[];
}

/** Something odd that a world may have. */
export interface Oddity {
  readonly name: string;
  readonly make: (draft: Draft) => void;
  /** How often it is drawn, compared with the others. @default 1 */
  readonly weight?: number;
}

export const minuteMs = 60_000;
/** Milliseconds from the evening within which a sale is lived through. */
export const nearMs = 6 * 86_400_000;

/** The state with another given. */
export function withGiven(state: State, change: (given: Given) => Given): State {
  return { ...state, given: change(state.given) };
}

/** The given with one target changed. */
export function changeTarget(given: Given, name: string, change: (target: GivenTarget) => GivenTarget): Given {
  const target = given.targets[name];
  return target === undefined ? given : { ...given, targets: { ...given.targets, [name]: change(target ?? {}) } };
}

/** The given with one sale changed; the sale left out where nothing is returned. */
export function changeSale(given: Given, name: string, change: (sale: GivenSale) => GivenSale | undefined): Given {
  const sales = (given.sales ?? []).flatMap(sale => (sale.name === name ? (change(sale) ?? []) : [sale]));
  return { ...given, sales };
}

/** The state with one sale edited at an instant (epoch ms): a date of a series that has begun keeps its times. */
export function editSale(
  state: State,
  name: string,
  edit: { at: number; alter: Parameters<typeof changeSale>[2] },
): State {
  const edited = withGiven(state, given => changeSale(given, name, edit.alter));
  const sale = state.given.sales?.find(one => one.name === name);
  const isRecorded = state.salePlans.some(({ spec }) => spec.sale.name === name);
  if (sale?.recurrence === undefined || edit.at < Date.parse(sale.startTime) || !isRecorded) return edited;
  const { startTime, endTime } = sale;
  return { ...edited, begun: { [name]: { startTime, endTime }, ...state.begun } };
}

/** The given with each recurring sale as its first date is: the only one that is lived through. */
export function firstDates({ given, begun }: State): Given {
  if (begun === undefined) return given;
  return { ...given, sales: (given.sales ?? []).map(sale => ({ ...sale, ...begun[sale.name] })) };
}

/** The given with other fields in the policy. */
export function changePolicy(given: Given, fields: Readonly<Record<string, unknown>>): Given {
  return { ...given, policy: { ...given.policy, ...fields } };
}
