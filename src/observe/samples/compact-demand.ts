/** Code of a step without a measured value. */
export const noDemand = 0;

/** Values of the least decade are multiples of 10⁻⁷ below 10⁻³: codes from 1 on. */
const leastValues = 10_000;
/** Mantissas of five digits, 10000 to 99999, in each of the decades from 10⁻³ to 10⁸. */
const mantissas = 90_000;
const decades = 11;
const firstMantissa = 1 + leastValues;
const firstLarge = firstMantissa + decades * mantissas;
const lastCode = 2 ** 20 - 1;
/** Ratio of one large value to the one before: from 10⁸ to 10¹³. */
const largeRatio = 10 ** (5 / (lastCode - firstLarge));

/**
 * Encodes a demand ≥ 0 in 20 bits: five significant digits from 10⁻³ to 10⁸ requests per second, so that what is lost is
 * 0.005 % at most; multiples of 10⁻⁷ below; 0.02 % above, and 10¹³ for all that is larger, which no forecast believes.
 */
export function encodeDemand(value: number): number {
  if (value < 9.999_95e-4) return 1 + Math.round(value * 1e7);
  if (value >= 99_999.5e3) {
    const large = Math.round(Math.log(value / 1e8) / Math.log(largeRatio));
    return Math.min(lastCode, firstLarge + Math.max(0, large));
  }
  let decade = Math.min(decades - 1, Math.max(0, Math.floor(Math.log10(value)) + 3));
  let mantissa = mantissaOf(value, decade);
  if (mantissa < 10_000) mantissa = mantissaOf(value, --decade);
  if (mantissa > 99_999) mantissa = mantissaOf(value, ++decade);
  return firstMantissa + decade * mantissas + (mantissa - 10_000);
}

/** Decodes what `encodeDemand` has encoded; NaN for {@link noDemand}. */
export function decodeDemand(code: number): number {
  if (code === noDemand) return Number.NaN;
  if (code < firstMantissa) return (code - 1) / 1e7;
  if (code >= firstLarge) return 1e8 * largeRatio ** (code - firstLarge);
  const decade = Math.floor((code - firstMantissa) / mantissas);
  const mantissa = 10_000 + code - firstMantissa - decade * mantissas;
  const power = powers[Math.abs(decade - 7)] ?? 1;
  return decade < 7 ? mantissa / power : mantissa * power;
}

const powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7];

function mantissaOf(value: number, decade: number): number {
  const power = powers[Math.abs(decade - 7)] ?? 1;
  return Math.round(decade < 7 ? value * power : value / power);
}
