/** A value that holds from `t` (epoch ms) until the next change. */
export interface StepChange {
  readonly t: number;
  readonly value: number;
}

/** Changes in ascending order of `t`; the value before the first is 0. */
export type StepSeries = readonly StepChange[];

/** Makes a reader of a step series for ascending times; all reads together take linear time. */
export function readForward(series: StepSeries): (t: number) => number {
  let next = 0;
  let value = 0;
  return t => {
    for (let change = series[next]; change !== undefined && change.t <= t; change = series[++next])
      value = change.value;
    return value;
  };
}

/** The integral of the value over [from, until), in value × hours. */
export function integrateHours(series: StepSeries, from: number, until: number): number {
  const area = series.reduce((sum, change, i) => {
    const begin = Math.max(from, change.t);
    const end = Math.min(until, series[i + 1]?.t ?? until);
    return end > begin ? sum + change.value * (end - begin) : sum;
  }, 0);
  return area / 3_600_000;
}
