/** Kish's effective sample size: (Σw)² ÷ Σw²; 0 without weights. */
export function effectiveCount(weights: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return squares > 0 ? (sum * sum) / squares : 0;
}
