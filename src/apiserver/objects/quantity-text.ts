import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import type { Schema } from '../../schema/structural-schema.ts';

const suffixes: readonly (readonly [string, number])[] = [
  ['E', 18],
  ['P', 15],
  ['T', 12],
  ['G', 9],
  ['M', 6],
  ['k', 3],
  ['', 0],
  ['m', -3],
  ['u', -6],
  ['n', -9],
];

const binarySuffixes = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** The real server keeps these as they are written. */
const plainInteger = /^[+-]?\d+([eE][+-]?0+)?$/;
const written = /^([+-]?)(\d*)\.?(\d*)(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?\d+))$/;

/** Stores quantities as the text that the real server stores: 0.5 → `500m`, 2000 → `2k`, `1024Ki` → `1Mi`. */
export function quantitiesAsText(object: JsonObject, schema: Schema): JsonObject {
  const { properties = {}, additionalProperties } = schema;
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return Object.fromEntries(
    Object.entries(object).map(([field, value]) => [field, convert(value, ownValue(properties, field) ?? others)]),
  );
}

function convert(value: Json | undefined, schema: Schema | undefined): Json | undefined {
  if (schema === undefined || value === undefined) return value;
  if (schema.format === 'quantity' && (typeof value === 'number' || typeof value === 'string')) return canonical(value);
  if (Array.isArray(value)) return value.map(item => convert(item, schema.items) ?? null);
  return isJsonObject(value) ? quantitiesAsText(value, schema) : value;
}

/**
 * Writes a quantity with the largest suffix of its own family that leaves it whole; what is finer than 1n is rounded
 * up. What is no quantity is left as it is, to be refused.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
function canonical(quantity: number | string): Json {
  if (typeof quantity === 'string' && plainInteger.test(quantity)) return quantity;
  const text = typeof quantity === 'number' ? decimalOf(quantity) : quantity;
  const parts = written.exec(text);
  const digits = `${parts?.[2] ?? ''}${parts?.[3] ?? ''}`;
  if (parts === null || digits === '') return quantity;
  const [, sign = '', , fraction = '', binary, decimal = '', exponent] = parts;
  const minus = sign === '-' ? '-' : '';
  const mantissa = BigInt(digits);
  if (mantissa === 0n) return '0';
  if (binary !== undefined) {
    const units = mantissa * 1024n ** BigInt(binarySuffixes.indexOf(binary) + 1);
    return `${minus}${formatBinary(units, fraction.length)}`;
  }
  const power = Number(exponent ?? suffixes.find(([suffix]) => suffix === decimal)?.[1] ?? 0) - fraction.length;
  return `${minus}${formatDecimal({ mantissa, power, isExponent: exponent !== undefined })}`;
}

/** The number without an exponent that a reader could take for the one of a quantity. */
function decimalOf(value: number): string {
  const [digits = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  const power = Number(exponent) - fraction.length;
  if (power >= 0) return `${whole}${fraction}${'0'.repeat(power)}`;
  const padded = `${whole.replace('-', '')}${fraction}`.padStart(1 - power, '0');
  return `${value < 0 ? '-' : ''}${padded.slice(0, power)}.${padded.slice(power)}`;
}

/** Writes `units ÷ 10^decimals`; below 1 Ki, or where it is no whole number, as a decimal. */
function formatBinary(units: bigint, decimals: number): string {
  const divisor = 10n ** BigInt(decimals);
  if (units % divisor !== 0n || units / divisor < 1024n) {
    return formatDecimal({ mantissa: units, power: -decimals, isExponent: false });
  }
  let number = units / divisor;
  let nth = -1;
  while (number % 1024n === 0n && nth < binarySuffixes.length - 1) {
    number /= 1024n;
    nth++;
  }
  return `${number}${binarySuffixes[nth] ?? ''}`;
}

interface Decimal {
  readonly mantissa: bigint;
  /** The power of ten. */
  readonly power: number;
  /** Whether it is written as 1e3 instead of 1k. */
  readonly isExponent: boolean;
}

function formatDecimal({ mantissa, power, isExponent }: Decimal): string {
  const [suffix, own] = suffixes.find(([, each]) => power >= each || isWhole(mantissa, each - power)) ?? ['n', -9];
  const shift = power - own;
  const scaled = shift >= 0 ? mantissa * 10n ** BigInt(shift) : roundUp(mantissa, 10n ** BigInt(-shift));
  return `${scaled}${isExponent && own !== 0 ? `e${own}` : suffix}`;
}

function isWhole(mantissa: bigint, zeros: number): boolean {
  return mantissa % 10n ** BigInt(zeros) === 0n;
}

function roundUp(mantissa: bigint, divisor: bigint): bigint {
  return (mantissa + divisor - 1n) / divisor;
}
