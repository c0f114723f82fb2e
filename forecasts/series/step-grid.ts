/** The step that contains `time`, on the grid of a series with steps at `start` + i·`stepMs`; epoch ms of its beginning. */
export function stepContaining(time: number, start: number, stepMs: number): number {
  return start + Math.floor((time - start) / stepMs) * stepMs;
}
