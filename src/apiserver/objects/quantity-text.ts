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

/** Stores quantities that were written as numbers as the text that the real server stores: 0.5 → `500m`, 2000 → `2k`. */
export function quantitiesAsText(object: JsonObject, schema: Schema): JsonObject {
  const { properties = {}, additionalProperties } = schema;
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return Object.fromEntries(
    Object.entries(object).map(([field, value]) => [field, convert(value, ownValue(properties, field) ?? others)]),
  );
}

function convert(value: Json | undefined, schema: Schema | undefined): Json | undefined {
  if (schema === undefined || value === undefined) return value;
  if (typeof value === 'number') return schema.format === 'quantity' ? formatDecimal(value) : value;
  if (Array.isArray(value)) return value.map(item => convert(item, schema.items) ?? null);
  return isJsonObject(value) ? quantitiesAsText(value, schema) : value;
}

/**
 * Writes a number with the largest suffix that leaves it whole; what is finer than 1n is rounded up.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
function formatDecimal(value: number): string {
  const [digits = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  const mantissa = BigInt(whole + fraction);
  const power = Number(exponent) - fraction.length;
  const [suffix, own] = suffixes.find(([, each]) => power >= each || isWhole(mantissa, each - power)) ?? ['n', -9];
  const shift = power - own;
  const scaled = shift >= 0 ? mantissa * 10n ** BigInt(shift) : roundUp(mantissa, 10n ** BigInt(-shift));
  return `${value < 0 ? '-' : ''}${scaled}${mantissa === 0n ? '' : suffix}`;
}

function isWhole(mantissa: bigint, zeros: number): boolean {
  return mantissa % 10n ** BigInt(zeros) === 0n && mantissa !== 0n;
}

function roundUp(mantissa: bigint, divisor: bigint): bigint {
  return (mantissa + divisor - 1n) / divisor;
}
