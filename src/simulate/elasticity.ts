/**
 * Measures of how closely ready replicas followed the demand, in replicas.
 *
 * @see Herbst et al., "Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics" (2016)
 */
export interface Elasticity {
  /** Mean shortage relative to the demand, in percent. */
  readonly underPercent: number;
  /** Mean excess relative to the demand, in percent. */
  readonly overPercent: number;
  /** Share of seconds with a shortage, in percent. */
  readonly shortTimePercent: number;
  /** Share of seconds with an excess, in percent. */
  readonly overTimePercent: number;
}

/** Computes the measures of the seconds of a run; each is the plain mean over them. */
export function measureElasticity(seconds: Iterable<{ readonly need: number; readonly ready: number }>): Elasticity {
  let count = 0;
  const sum = { under: 0, over: 0, short: 0, long: 0 };
  for (const { need, ready } of seconds) {
    count++;
    sum.under += Math.max(0, need - ready) / need;
    sum.over += Math.max(0, ready - need) / need;
    sum.short += ready < need ? 1 : 0;
    sum.long += ready > need ? 1 : 0;
  }
  const percent = (value: number) => (count === 0 ? 0 : (100 * value) / count);
  return {
    underPercent: percent(sum.under),
    overPercent: percent(sum.over),
    shortTimePercent: percent(sum.short),
    overTimePercent: percent(sum.long),
  };
}

const floorPercent = 0.01;

/**
 * Returns how many times more elastic `own` is than `other`: the geometric mean of the four ratios; above 1 is better.
 */
export function elasticSpeedup(own: Elasticity, other: Elasticity): number {
  const ratio = (key: keyof Elasticity) => Math.max(floorPercent, other[key]) / Math.max(floorPercent, own[key]);
  return (ratio('underPercent') * ratio('overPercent') * ratio('shortTimePercent') * ratio('overTimePercent')) ** 0.25;
}
