import { ownValue } from './names/own-value.ts';

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Pattern of a Quantity at or above 0 in the CRDs: `45`, `4.5`, `4500m`, `2k`, `1e3`. */
export const quantityPattern = /^(\d+(\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?\d{1,2})?$/;

/** Pattern of a Quantity of either sign. */
export const signedQuantityPattern = /^-?(\d+(\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?\d{1,2})?$/;

/**
 * Parses a Kubernetes Quantity to a number: `4500m` → 4.5, `2k` → 2000.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 * @throws RangeError when `text` is not a Quantity
 */
export function parseQuantity(text: string): number {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const value = readQuantity(text);
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(text, value);
  return value;
}

/** Quantities that were parsed: each rule of a plan asks for the same few. */
const parsed = new Map<string, number>();
const mostKept = 10_000;

function readQuantity(text: string): number {
  if (!signedQuantityPattern.test(text))
    throw new RangeError(`"${text}" is no quantity: expected 45, 4.5, 4500m or 2k`);
  const suffix = /[A-Za-z]+$/.exec(text)?.[0] ?? '';
  const factor = ownValue(suffixes, suffix);
  return factor === undefined ? Number(text) : Number(text.slice(0, text.length - suffix.length)) * factor;
}

/**
 * Formats a measured number as a Quantity of at most four significant digits: 812.4567 → `812.5`.
 *
 * @throws RangeError when `value` is not finite
 */
export function formatQuantity(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a quantity is a finite number, got ${value}`);
  const rounded = Math.abs(value) < 1e4 ? Number(value.toPrecision(4)) : Math.round(value);
  return Math.abs(rounded) < 1e-6 ? '0' : String(rounded);
}

/** Formats requests per second for messages, with at most four digits and separated thousands: 4610.2 → `4 610/s`. */
export function formatPerSecond(value: number): string {
  return `${formatQuantity(value).replace(/\B(?=(\d{3})+$)/g, ' ')}/s`;
}
