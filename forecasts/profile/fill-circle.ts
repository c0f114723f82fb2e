/** Fills NaN in the bins of a day by linear interpolation around midnight; 0 where all are NaN. */
export function fillCircle(values: Float64Array): Float64Array<ArrayBuffer> {
  const bins = values.length;
  const filled = new Float64Array(bins);
  const known = [...values.keys()].filter(bin => !Number.isNaN(values[bin]));
  known.forEach((from, index) => {
    const to = known[(index + 1) % known.length] as number;
    const gap = (to - from + bins) % bins || bins;
    const a = values[from] as number;
    const b = values[to] as number;
    filled[from] = a;
    for (let k = 1; k < gap; k++) filled[(from + k) % bins] = a + ((b - a) * k) / gap;
  });
  return filled;
}
