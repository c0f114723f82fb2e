/** Number of runs to measure, see {@link medianCpuMs}. */
export interface Measuring {
  /** Number of runs before the measurement, to let the code be compiled. */
  readonly warmUps: number;
  readonly rounds: number;
  /** Number of runs per round, so that a round is much longer than the clock's resolution. @default 1 */
  readonly repeats?: number;
}

/**
 * CPU time of one run in ms, over all threads of the process: the median of the rounds. `work` gets the run's number.
 */
export function medianCpuMs(work: (run: number) => void, { warmUps, rounds, repeats = 1 }: Measuring): number {
  for (let run = 0; run < warmUps; run++) work(run);
  const times = Array.from({ length: rounds }, (_, round) => {
    const before = process.cpuUsage();
    for (let k = 0; k < repeats; k++) work(warmUps + round * repeats + k);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / repeats;
  });
  return times.sort((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
}
