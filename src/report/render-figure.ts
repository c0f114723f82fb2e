import type { Chart } from './chart.ts';
import { escapeText } from './escape-text.ts';
import { renderChart } from './render-chart.ts';

/** Widths and heights in pixels at which a chart is drawn; the page's style shows the one that fits. */
const sizes = [
  { name: 'large', width: 960, height: 400 },
  { name: 'medium', width: 620, height: 400 },
  { name: 'small', width: 320, height: 360 },
];

/**
 * Renders a chart with its caption, drawn anew for wide, middle and narrow screens, so that its text is never smaller
 * than 12 px.
 */
export function renderFigure(chart: Chart, caption: string): string {
  const drawn = sizes.map(
    ({ name, width, height }) =>
      `<div class="${name}">${renderChart({ ...chart, id: `${chart.id}-${name}`, width, height })}</div>`,
  );
  return `<figure>${drawn.join('')}<figcaption>${escapeText(caption)}</figcaption></figure>`;
}
