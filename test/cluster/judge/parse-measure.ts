/** Parses a Quantity as the operator writes measured numbers; NaN, which is in no range, for anything else. */
export function parseMeasure(quantity: string): number {
  const [, digits = 'NaN', suffix = ''] = quantity.match(/^([\d.]+)([mk]?)$/) ?? [];
  return Number(digits) * (suffix === 'm' ? 0.001 : suffix === 'k' ? 1000 : 1);
}
