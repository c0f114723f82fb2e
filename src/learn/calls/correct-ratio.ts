/** Hours of evidence that weigh as much as the declared ratio. */
const declaredHours = 4;
/** Hours for which one past sale counts. */
export const hoursPerSale = 2;
/** Factor within which a corrected ratio stays of the declared one. */
const mostFactor = 10;

/**
 * Corrects a declared ratio by a measured one of so many hours: the mean of their logarithms, weighted by what they rest
 * on. The more hours, the nearer to what was measured; without any it is what is declared. It stays within a tenth and ten
 * times of that. Ratios are calls per request, or per any number of requests.
 */
export function correctRatio(declared: number, measured: { readonly ratio: number; readonly hours: number }): number {
  const { ratio, hours } = measured;
  if (!(declared > 0 && ratio > 0 && hours > 0) || !Number.isFinite(ratio)) return declared;
  const most = Math.log(mostFactor);
  const error = Math.min(most, Math.max(-most, Math.log(ratio / declared)));
  return declared * Math.exp((error * hours) / (hours + declaredHours));
}
