/** sum += share · values */
export function addTimes(sum: Float64Array, share: number, values: Float64Array): void {
  if (share === 0) return;
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + share * (values[i] as number);
}
