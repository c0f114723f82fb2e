/** Start (epoch ms) of the step that contains `time`, on a grid of steps at `start` + i·`stepMs`. */
export function stepContaining(time: number, start: number, stepMs: number): number {
  return start + Math.floor((time - start) / stepMs) * stepMs;
}
