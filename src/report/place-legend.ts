import type { Layer } from './chart.ts';

/** An entry of a legend and its place. */
export interface LegendEntry {
  readonly layer: Layer;
  /** Pixels from the left. */
  readonly x: number;
  /** Rows from the top. */
  readonly row: number;
}

/** Places the entries of the legend beside each other, in as many rows as they need; distances in pixels. */
export function placeLegend(
  layers: readonly Layer[],
  { left, right, letterWidth }: { readonly left: number; readonly right: number; readonly letterWidth: number },
): readonly LegendEntry[] {
  let [x, row] = [left, 0];
  return layers.map(layer => {
    const width = 28 + layer.label.length * letterWidth;
    if (x > left && x + width > right) [x, row] = [left, row + 1];
    const entry = { layer, x, row };
    x += width + 22;
    return entry;
  });
}
