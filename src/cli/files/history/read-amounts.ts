import { ownValue } from '../../../api/names/own-value.ts';
import {
  type DecimalSign,
  judgeNumberStyle,
  type NumberHints,
  type NumberStyle,
  parseStyledNumber,
  splitAmount,
} from '../table/number-style.ts';
import { isGap } from '../table/split-header.ts';
import { type RateUnit, rateUnitOf } from './rate-unit.ts';

/** A value's text and its place. */
export interface ValueCell {
  readonly text: string;
  /** `file:line`. */
  readonly where: string;
}

/** A value in the unit of its column, or in requests per second when the cell itself names a rate. */
export interface Amount {
  /** Null when nothing was measured. */
  readonly value: number | null;
  /** The factor to requests per second that the cell's own unit gives; undefined when the column's holds. */
  readonly factor?: number;
  readonly isInfinite?: boolean;
}

/** The values of a column, and how they were written. */
export interface Amounts {
  readonly amounts: readonly Amount[];
  readonly decimal: DecimalSign;
  readonly grouped: boolean;
  /** Units that stand in cells, as `req/s`. */
  readonly units: ReadonlyMap<string, RateUnit>;
}

/** Infinity as metric stores write it. */
const infinite = /^[-+]?inf(inity)?$/i;
/** Words of Grafana and spreadsheets for multiples. */
const multiples: Readonly<Record<string, number>> = {
  k: 1e3,
  tsd: 1e3,
  mil: 1e6,
  m: 1e6,
  mio: 1e6,
  bil: 1e9,
  b: 1e9,
  g: 1e9,
};

/**
 * Reads the values of a column: numbers with a decimal point or comma, grouped thousands, multiples and units, as
 * `1.2 K req/s`.
 *
 * @throws Error naming file and line when a cell is no number, or the option that tells what it means
 */
export function readAmounts(cells: readonly ValueCell[], hints: NumberHints, stated?: DecimalSign): Amounts {
  const split = cells.map(({ text }) => (isGap(text) || infinite.test(text) ? undefined : splitAmount(text)));
  const numbers = split.flatMap(each => (each === undefined ? [] : [each.digits]));
  const style = stated === undefined ? decided(cells, judgeNumberStyle(numbers, hints)) : undefined;
  const decimal = stated ?? style?.decimal ?? 'point';
  const units = new Map<string, RateUnit>();
  const amounts = cells.map(({ text, where }, i): Amount => {
    if (isGap(text)) return { value: null };
    if (infinite.test(text)) return { value: null, isInfinite: true };
    const { digits, words } = split[i] ?? { digits: '', words: '' };
    const value = parseStyledNumber(digits, decimal);
    if (!Number.isFinite(value)) throw new Error(`${where}: "${text}" is no number of requests per second`);
    if (words === '') return { value };
    const { scale, unit } = measureOf(words);
    if (unit === '') return { value: value * scale };
    const rate = units.get(unit) ?? rateUnitOf(unit);
    units.set(unit, rate);
    return rate.kind === 'Rate' ? { value: value * scale, factor: rate.factor } : { value: value * scale };
  });
  return { amounts, decimal, grouped: style?.grouped ?? false, units };
}

function decided(cells: readonly ValueCell[], style: NumberStyle): Extract<NumberStyle, { decimal: DecimalSign }> {
  if ('decimal' in style) return style;
  const placeOf = (number: string) => cells.find(({ text }) => text.includes(number))?.where ?? cells[0]?.where;
  if ('doubtful' in style) {
    const { doubtful } = style;
    const sign = doubtful.includes(',') ? 'comma' : 'point';
    const meanings = `${doubtful.replace(/[.,]/, '')} or ${doubtful.replace(',', '.')}`;
    throw new Error(
      `${placeOf(doubtful)}: "${doubtful}" may be ${meanings}: say --decimal ${sign === 'comma' ? 'point' : 'comma'} or --decimal ${sign}`,
    );
  }
  const [one, other] = style.contradiction;
  throw new Error(
    `${placeOf(one)}: "${one}" has a decimal point and "${other}" a decimal comma: write one of them, or say --decimal`,
  );
}

/** Splits the words behind a number into a multiple and a unit: `K req/s` → 1000, `req/s`. */
function measureOf(words: string): { readonly scale: number; readonly unit: string } {
  const [, first = '', rest = ''] = /^([a-z]+)\.?(?:\s+(.*))?$/i.exec(words) ?? [];
  const scale = first === 'm' ? undefined : ownValue(multiples, first.toLowerCase());
  return scale === undefined ? { scale: 1, unit: words } : { scale, unit: rest };
}
