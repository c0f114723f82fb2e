/**
 * Solves A·x = b for several right-hand sides by Cholesky factorization; A is symmetric, positive definite, row-major n
 * × n. Overwrites A with its factor and `columns` (each of length n) with the solutions. Pivots below 1e-12 are raised
 * to it, so that a singular A gives a finite solution.
 */
export function solveSymmetric(matrix: Float64Array, n: number, columns: readonly Float64Array[]): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (matrix[i * n + k] as number) * (matrix[j * n + k] as number);
      matrix[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[j * n + j] as number);
    }
  }
  for (const x of columns) {
    for (let i = 0; i < n; i++) {
      let sum = x[i] as number;
      for (let k = 0; k < i; k++) sum -= (matrix[i * n + k] as number) * (x[k] as number);
      x[i] = sum / (matrix[i * n + i] as number);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i] as number;
      for (let k = i + 1; k < n; k++) sum -= (matrix[k * n + i] as number) * (x[k] as number);
      x[i] = sum / (matrix[i * n + i] as number);
    }
  }
}
