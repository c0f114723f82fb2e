/** Number of running sums computed at a time. */
export const lanes = 4;

/**
 * Writes running sums of products into `sums`: sums[lanes·t + k] = Σ over s < t of values[s] · factors[first + k][s].
 * Several sums per pass, because in a single running sum each addition waits for the one before.
 */
export function sumProducts(
  values: Float64Array,
  factors: readonly Float64Array[],
  first: number,
  sums: Float64Array,
): void {
  const factor = (lane: number) => factors[Math.min(first + lane, factors.length - 1)] as Float64Array;
  const [a, b, c, d] = [factor(0), factor(1), factor(2), factor(3)];
  let sumA = 0;
  let sumB = 0;
  let sumC = 0;
  let sumD = 0;
  for (let t = 0, at = 0; t < values.length; t++, at += lanes) {
    sums[at] = sumA;
    sums[at + 1] = sumB;
    sums[at + 2] = sumC;
    sums[at + 3] = sumD;
    const value = values[t] as number;
    sumA += value * (a[t] as number);
    sumB += value * (b[t] as number);
    sumC += value * (c[t] as number);
    sumD += value * (d[t] as number);
  }
  sums.set([sumA, sumB, sumC, sumD], lanes * values.length);
}
