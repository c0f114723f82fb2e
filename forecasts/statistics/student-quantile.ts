/**
 * Quantile of Student's t distribution with `degrees` > 0 (any real) degrees of freedom, accurate to about 1e-9;
 * `level` in (0, 1). Bisection and Newton steps on the distribution function, accurate far into the tails.
 */
export function studentQuantile(level: number, degrees: number): number {
  if (level === 0.5) return 0;
  if (level < 0.5) return -studentQuantile(1 - level, degrees);
  const tail = 1 - level;
  let low = 0;
  let high = 1;
  while (studentUpperTail(high, degrees) > tail && high < 1e15) {
    low = high;
    high *= 4;
  }
  let t = (low + high) / 2;
  for (let step = 0; step < 100; step++) {
    const excess = studentUpperTail(t, degrees) - tail;
    if (excess > 0) low = t;
    else high = t;
    const newton = t + excess / density(t, degrees);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 1e-11 * (1 + Math.abs(next))) return next;
    t = next;
  }
  return t;
}

/** Probability that Student's t exceeds `t` ≥ 0: half the regularised incomplete beta function at n/(n + t²). */
export function studentUpperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

function density(t: number, degrees: number): number {
  const half = degrees / 2;
  const log = logGamma(half + 0.5) - logGamma(half) - 0.5 * Math.log(degrees * Math.PI);
  return Math.exp(log - (half + 0.5) * Math.log1p((t * t) / degrees));
}

/** Regularised incomplete beta function. @see Press et al., Numerical Recipes, 6.4: Lentz's continued fraction */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return (front * betaFraction(x, a, b)) / a;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const nonZero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return fraction;
}

/** Logarithm of the gamma function for x > 0, by Lanczos' approximation (g = 7, n = 9). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = lanczos[0] as number;
  for (let i = 1; i < lanczos.length; i++) sum += (lanczos[i] as number) / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
