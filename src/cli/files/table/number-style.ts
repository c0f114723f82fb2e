/** The sign before a number's fraction. */
export type DecimalSign = 'point' | 'comma';

/** How the numbers of a column are written, or the question that its cells leave open. */
export type NumberStyle =
  | { readonly decimal: DecimalSign; readonly grouped: boolean }
  /** A cell whose point or comma is either before a fraction or between thousands. */
  | { readonly doubtful: string }
  /** Two cells that no one sign explains. */
  | { readonly contradiction: readonly [string, string] };

/** What else is known of a table's language. */
export interface NumberHints {
  readonly delimiter: string;
  /** Dates are written as dd.mm.yyyy. */
  readonly isContinental: boolean;
  /** Dates are written as mm/dd/yyyy. */
  readonly isAmerican: boolean;
}

/** A cell with a number at its start: the number's text, and the words behind it. */
export interface AmountCell {
  readonly digits: string;
  readonly words: string;
}

const amount = /^([-+]?(?:\d[\d.,'’_ \u00a0\u202f]*\d|\d|[.,]\d+)(?:\.|,)?(?:e[-+]?\d+)?)\s*([a-zµ%°([/].*)?$/i;
const blanks = /['’_ \u00a0\u202f]/g;

/** Splits a cell such as `1.2 K req/s` into its number and its words; undefined when it does not begin with a number. */
export function splitAmount(cell: string): AmountCell | undefined {
  // 0x1f is a number of another kind.
  const [, digits, words = ''] = /^[-+]?0x/i.test(cell) ? [] : (amount.exec(cell) ?? []);
  return digits === undefined ? undefined : { digits: digits.replace(blanks, ''), words: words.trim() };
}

/**
 * Judges which sign the numbers of a column have before their fraction. `1.234,5`, `0,5` and `12,34` tell by
 * themselves; `1,234` does only beside them, or by the table's language: in a table with commas between cells a point
 * is decimal.
 */
export function judgeNumberStyle(numbers: readonly string[], hints: NumberHints): NumberStyle {
  const told = { point: numbers.find(tellsPoint), comma: numbers.find(tellsComma) };
  const grouped = (decimal: DecimalSign) => ({ decimal, grouped: numbers.some(text => isGrouped(text, decimal)) });
  if (told.point !== undefined && told.comma !== undefined) return { contradiction: [told.point, told.comma] };
  if (told.point !== undefined) return grouped('point');
  if (told.comma !== undefined) return grouped('comma');
  const doubtful = numbers.find(text => /[.,]/.test(text));
  if (doubtful === undefined) return { decimal: 'point', grouped: false };
  // All doubtful cells have one point or comma before exactly three digits.
  const both = numbers.find(text => text.includes(doubtful.includes('.') ? ',' : '.'));
  if (both !== undefined) return { contradiction: [doubtful, both] };
  const isAlways = numbers.every(text => /[.,]/.test(text));
  // A point in every number may be a fraction of always three digits, written by a program beside continental dates.
  if (hints.isContinental && doubtful.includes('.') && isAlways) return { doubtful };
  if (hints.isContinental) return grouped('comma');
  if (hints.isAmerican) return grouped('point');
  // Whole numbers above 999 without a sign show that thousands are not grouped.
  if (numbers.some(text => /^[-+]?\d{4,}$/.test(text))) return grouped(doubtful.includes('.') ? 'point' : 'comma');
  // A fraction of always three digits is usual; three digits in some cells and none in others may be thousands.
  return doubtful.includes('.') && hints.delimiter !== ';' && isAlways ? grouped('point') : { doubtful };
}

/** Parses a number of a style, with its thousands grouped or not; NaN when it is none. */
export function parseStyledNumber(text: string, decimal: DecimalSign): number {
  const [sign, group] = decimal === 'point' ? ['.', ','] : [',', '.'];
  const [whole = '', ...fraction] = text.split(sign);
  if (whole.includes(group) && !/^[-+]?\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(whole)) return Number.NaN;
  const plain = [whole.replaceAll(group, ''), ...fraction].join('.');
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

function tellsPoint(text: string): boolean {
  return tells(text, '.', ',');
}

function tellsComma(text: string): boolean {
  return tells(text, ',', '.');
}

/** Tells whether `sign` must stand before a fraction: once, and not as between thousands, or `other` stands often. */
function tells(text: string, sign: string, other: string): boolean {
  const [whole = '', fraction, ...more] = text.replace(/^[-+]/, '').split(sign);
  if (more.length > 0) return false;
  if (fraction === undefined) return whole.split(other).length > 2;
  if (fraction.includes(other)) return false;
  if (whole.includes(other)) return true;
  return !/^\d{3}$/.test(fraction) || !/^[1-9]\d{0,2}$/.test(whole);
}

function isGrouped(text: string, decimal: DecimalSign): boolean {
  return text.includes(decimal === 'point' ? ',' : '.');
}
