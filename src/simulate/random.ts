/** A reproducible stream of random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A number in [low, high). */
  between(low: number, high: number): number;
  /** A normally distributed number: mean 0, standard deviation 1. */
  normal(): number;
}

/**
 * Creates a stream for `seed` and `purpose`. Drawing more numbers for one purpose does not change those of another.
 *
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (mulberry32)
 */
export function createRandom(seed: number, purpose = ''): Random {
  let state = hashText(purpose, seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/**
 * Noise that can be evaluated at any `x` without its past: smooth between one value per whole `x`, which are roughly
 * normal with mean 0 and standard deviation 1.
 */
export function smoothNoise(seed: number, x: number): number {
  const left = Math.floor(x);
  const share = x - left;
  const eased = share * share * (3 - 2 * share);
  return noiseAt(seed, left) * (1 - eased) + noiseAt(seed, left + 1) * eased;
}

/** Hashes a text to a whole number, to seed one stream per service or per sale. */
export function hashText(text: string, seed = 0): number {
  let hash = mix(seed ^ 0x9e3779b9) | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

/** A sum of four uniform numbers, scaled to mean 0 and standard deviation 1. */
function noiseAt(seed: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += mix(Math.imul(n | 0, 0x85ebca6b) ^ Math.imul(seed + i * 0x27d4eb2f, 0xc2b2ae35));
  return (sum / 2 ** 32 - 2) * Math.sqrt(3);
}

/** Scrambles 32 bits; the result is in [0, 2³²). */
function mix(bits: number): number {
  let t = bits | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}
