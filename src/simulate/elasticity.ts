/**
 * How closely supply followed demand, both in replicas.
 *
 * @see Herbst et al., "Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics" (2016)
 */
export interface Elasticity {
  /** Mean shortage relative to demand, percent. */
  readonly underPercent: number;
  /** Mean excess relative to demand, percent. */
  readonly overPercent: number;
  /** Share of time short, percent. */
  readonly shortTimePercent: number;
  /** Share of time over, percent. */
  readonly overTimePercent: number;
}

/** Adds up seconds of `need` and `ready`; every measure is the plain mean over them. */
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

/** How many times more elastic `own` is than `other`: the geometric mean of the four ratios; > 1 is better. */
export function elasticSpeedup(own: Elasticity, other: Elasticity): number {
  const ratio = (key: keyof Elasticity) => Math.max(floorPercent, other[key]) / Math.max(floorPercent, own[key]);
  return (ratio('underPercent') * ratio('overPercent') * ratio('shortTimePercent') * ratio('overTimePercent')) ** 0.25;
}
