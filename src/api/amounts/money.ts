/**
 * Formats an amount: two decimals below 1,000, three significant digits below 0.01, else whole units with separated
 * thousands: 0.04 → `0.04 EUR`, 8100.4 → `8 100 EUR`.
 *
 * @throws RangeError when `amount` is not finite
 */
export function formatMoney(amount: number, currency: string): string {
  if (!Number.isFinite(amount)) throw new RangeError(`an amount is a finite number, got ${amount}`);
  const size = Math.abs(amount);
  if (size >= 1e15) return `${amount.toPrecision(3)} ${currency}`;
  if (size >= 999.995)
    return `${Math.round(amount)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, ' ')} ${currency}`;
  if (size > 0 && size < 0.01) return `${Number(amount.toPrecision(3))} ${currency}`;
  return `${amount.toFixed(2)} ${currency}`;
}
