import type { HistoryOptions } from './history-options.ts';
import { type RateUnit, rateUnitOf } from './rate-unit.ts';

/** How the values of a column become requests per second. */
export interface UnitChoice {
  /** Values times this are requests per second, when the cell names no unit of its own. */
  readonly factor: number;
  /** Whether the values are requests in each step. */
  readonly isCount: boolean;
  readonly guesses: readonly string[];
  /** Notes for a unit that is no rate. */
  readonly doubts: readonly string[];
}

/**
 * Chooses the unit of a column: the option's, else the one in its cells, else the one in its header, else requests per
 * second.
 */
export function unitOfColumn(input: {
  readonly column: string;
  /** `file:line` of the header. */
  readonly where: string;
  readonly options: HistoryOptions;
  /** Units that stand in its cells. */
  readonly units: ReadonlyMap<string, RateUnit>;
  /** Whether other columns hold series too, so that a name such as `orders` is a service's. */
  readonly isWide: boolean;
}): UnitChoice {
  const { column, where, options, units, isWide } = input;
  if (options.unit === 'count' || options.unit === 'counter')
    return { factor: 1, isCount: options.unit === 'count', guesses: [], doubts: [] };
  if (options.unit !== undefined)
    return { factor: factorOf(rateUnitOf(options.unit)), isCount: false, guesses: [], doubts: [] };
  const header = rateUnitOf(column);
  const inCells = [...units];
  const guesses = [...inCells, ...(inCells.length === 0 ? [[column, header] as const] : [])].flatMap(([text, unit]) =>
    unit.kind === 'Rate' && unit.factor !== 1 ? [`"${text}" as ${unit.words} → per second`] : [],
  );
  const strange = inCells.length === 0 ? [[column, header] as const] : inCells;
  const doubts = strange.flatMap(([text, unit]) => doubtOf({ text, unit, where, inCells: inCells.length > 0, isWide }));
  return { factor: factorOf(header), isCount: false, guesses, doubts };
}

function factorOf(unit: RateUnit): number {
  return unit.kind === 'Rate' ? unit.factor : 1;
}

function doubtOf(input: {
  readonly text: string;
  readonly unit: RateUnit;
  readonly where: string;
  readonly inCells: boolean;
  readonly isWide: boolean;
}): readonly string[] {
  const { text, unit, where, inCells, isWide } = input;
  if (unit.kind === 'Rate' || (!inCells && unit.kind === 'None') || (isWide && unit.kind === 'Count')) return [];
  const what = inCells ? `the unit "${text}"` : `the column "${text}"`;
  const doubt = {
    Count: 'names no time',
    Other: 'is not requests over a time',
    None: 'is not known',
  }[unit.kind];
  return [
    `${where}: ${what} ${doubt} and is taken for requests per second: if it is not, name the unit with --unit, as rpm, or count for requests in each step`,
  ];
}
