import { createRandom, hashText, smoothNoise } from './random.ts';

/** The requests per second that enter the marketplace: ordinary demand, and what sales add. */
export interface Traffic {
  /** Mean over an ordinary week at the entry, in requests per second. */
  readonly meanPerSecond: number;
  /** Ordinary demand at `t` (epoch ms). */
  base(t: number): number;
  extra(t: number): number;
}

export interface TrafficOptions {
  readonly seed: number;
  /** Mean over an ordinary week at the entry, in requests per second. */
  readonly meanPerSecond: number;
  /** Local time − UTC, since traffic follows the local time of day. */
  readonly utcOffsetMs: number;
  /** The start of the history, epoch ms; growth is counted from here. */
  readonly since: number;
  readonly sales: readonly TrafficSale[];
}

/** The traffic that a sale really brings, as opposed to the stated one. */
export interface TrafficSale {
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
  /** The highest demand as a multiple of the ordinary one; > 1. */
  readonly peakRatio: number;
  /** Seconds from the start to the peak: 60–120 in a drop. */
  readonly rampSeconds: number;
  /** Seconds; the surge above the plateau halves about every 0.7 × this. */
  readonly decaySeconds: number;
  /** The share of the surge that stays until the end, 0–1. */
  readonly plateauShare: number;
}

/** Demand per local hour, relative to the day's mean: lowest at four at night, highest in the evening. */
const hourShape = [
  0.52, 0.36, 0.26, 0.21, 0.2, 0.25, 0.41, 0.66, 0.88, 1.02, 1.11, 1.17, 1.23, 1.19, 1.12, 1.1, 1.15, 1.25, 1.42, 1.6,
  1.68, 1.55, 1.2, 0.8,
];
/** Demand per weekday, relative to the week's mean; Sunday first, as `getUTCDay` counts. */
const dayShape = [1.12, 0.98, 0.95, 0.95, 0.97, 1.0, 1.06];

/** Noise at several time scales: length in seconds and standard deviation as a share. */
const octaves = [
  { seconds: 5400, share: 0.04 },
  { seconds: 420, share: 0.025 },
  { seconds: 45, share: 0.02 },
  { seconds: 3, share: 0.02 },
];

const daySeconds = 86_400;
const growthPerDay = 0.002;
/** Seconds before a sale in which early visitors already cause a small part of the surge. */
const earlySeconds = 150;
const earlyShare = 0.03;

/** Creates traffic that can be evaluated at any instant in any order: seeded and stateless. */
export function createTraffic(options: TrafficOptions): Traffic {
  const seeds = octaves.map((_, i) => hashText(`octave ${i}`, options.seed));
  const base = (t: number) => {
    const days = (t - options.since) / (daySeconds * 1000);
    return options.meanPerSecond * ordinaryShape(t + options.utcOffsetMs) * (1 + growthPerDay * days) * noise(seeds, t);
  };
  return {
    meanPerSecond: options.meanPerSecond,
    base,
    extra: t => {
      const surge = options.sales.reduce((sum, sale) => sum + (sale.peakRatio - 1) * surgeShape(sale, t), 0);
      return surge === 0 ? 0 : surge * base(t);
    },
  };
}

/**
 * Draws how a sale turns out. The error of the stated peak has a spread of about `statementError` (a share), and each
 * sale rises and decays differently.
 */
export function drawSale(
  seed: number,
  stated: { readonly start: number; readonly end: number; readonly peakRatio: number },
  statementError = 0.12,
): TrafficSale {
  const random = createRandom(seed, `sale ${stated.start}`);
  const peakRatio = Math.min(10, Math.max(3, stated.peakRatio * Math.exp(statementError * random.normal())));
  return {
    start: stated.start,
    end: stated.end,
    peakRatio,
    rampSeconds: random.between(60, 120),
    decaySeconds: random.between(1200, 2100),
    plateauShare: random.between(0.35, 0.5),
  };
}

/**
 * The share of the surge at `t`, 0–1: a small part shortly before the start, a steep smooth rise, a decay to the
 * plateau, a quick end.
 */
export function surgeShape(sale: TrafficSale, t: number): number {
  const after = (t - sale.start) / 1000;
  if (after < -earlySeconds) return 0;
  if (after < 0) return earlyShare * (1 + after / earlySeconds);
  if (t >= sale.end) {
    const gone = (t - sale.end) / 1000;
    return gone > 3600 ? 0 : surgeShape(sale, sale.end - 1) * Math.exp(-gone / 150);
  }
  const rise = Math.min(1, after / sale.rampSeconds);
  const arrived = earlyShare + (1 - earlyShare) * rise * rise * (3 - 2 * rise);
  const decayed = Math.exp(-Math.max(0, after - sale.rampSeconds) / sale.decaySeconds);
  return arrived * (sale.plateauShare + (1 - sale.plateauShare) * decayed);
}

/**
 * Ordinary demand by hour and weekday at a local instant (local time as if it were UTC), smooth between the hours; mean
 * about 1.
 */
function ordinaryShape(local: number): number {
  const seconds = local / 1000;
  const hour = (((seconds % daySeconds) + daySeconds) % daySeconds) / 3600;
  const position = hour - 0.5;
  const left = (Math.floor(position) + 24) % 24;
  const share = position - Math.floor(position);
  const eased = share * share * (3 - 2 * share);
  const shape = (hourShape[left] ?? 1) * (1 - eased) + (hourShape[(left + 1) % 24] ?? 1) * eased;
  return (shape * weekShape(seconds / daySeconds)) / 0.97;
}

/** The weekday factor, interpolated over the two hours around midnight so that no day begins with a jump. */
function weekShape(days: number): number {
  const day = Math.floor(days);
  const hour = (days - day) * 24;
  const factor = (d: number) => dayShape[(((d + 4) % 7) + 7) % 7] ?? 1;
  if (hour < 1) return factor(day - 1) + (factor(day) - factor(day - 1)) * (0.5 + hour / 2);
  if (hour > 23) return factor(day) + ((factor(day + 1) - factor(day)) * (hour - 23)) / 2;
  return factor(day);
}

function noise(seeds: readonly number[], t: number): number {
  let sum = 1;
  octaves.forEach(({ seconds, share }, i) => {
    sum += share * smoothNoise(seeds[i] ?? 0, t / 1000 / seconds);
  });
  return Math.max(0.1, sum);
}
