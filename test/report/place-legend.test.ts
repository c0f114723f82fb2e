import { expect, test } from 'vitest';
import { placeLegend } from '../../src/report/place-legend.ts';

const layer = (label: string) => ({ kind: 'Line', role: 'actual', label, points: [] }) as const;
const layers = ['needed', 'ready, with Headstart', 'ready, HPA alone'].map(layer);

test.each([
  [960, [0, 0, 0]],
  [320, [0, 0, 1]],
  [200, [0, 1, 2]],
])('placeLegend in %d pixels takes rows %j', (right, rows) => {
  const placed = placeLegend(layers, { left: 12, right, letterWidth: 6.9 });
  expect(placed.map(({ row }) => row)).toEqual(rows);
  for (const {
    x,
    layer: { label },
  } of placed)
    expect(x + 28 + label.length * 6.9).toBeLessThanOrEqual(right);
});
