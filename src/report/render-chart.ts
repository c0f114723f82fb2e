import { zoneOffsetMs } from '../api/instant.ts';
import type { BandPoint, Chart, Layer, Point } from './chart.ts';
import { chartStyle } from './chart-style.ts';
import { escapeText } from './escape-text.ts';
import { formatShort } from './format-number.ts';
import { formatClock, formatDay, formatShortDay } from './local-time.ts';
import { type LegendEntry, placeLegend } from './place-legend.ts';
import { type AxisScale, linearScale, niceTicks, timeTicks } from './scale.ts';

interface Frame {
  readonly chart: Chart;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly yTicks: readonly number[];
  readonly legend: readonly LegendEntry[];
  readonly letterWidth: number;
}

/** Average width of a letter in pixels, at 12 px and at the 13 px of narrow charts; used to keep labels apart. */
const letterWidths = { wide: 6.4, narrow: 6.9 };
const narrowest = 480;
const dayMs = 86_400_000;

/**
 * Renders a chart as one self-contained SVG: its own style for light and dark, no script, an accessible name and
 * description.
 */
export function renderChart(chart: Chart): string {
  const frame = makeFrame(chart);
  const { id, title, description } = chart;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart${frame.width < narrowest ? ' narrow' : ''}" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-labelledby="${id}-title ${id}-description">`,
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-description">${escapeText(description)}</desc>`,
    `<style>${chartStyle()}</style>`,
    `<defs><clipPath id="${id}-plot"><rect x="${frame.left}" y="${frame.top}" width="${frame.right - frame.left}" height="${frame.bottom - frame.top}"/></clipPath></defs>`,
    `<rect class="ground" width="${frame.width}" height="${frame.height}" rx="8"/>`,
    `<text class="title" x="${frame.width < narrowest ? 12 : frame.left}" y="30">${escapeText(title)}</text>`,
    renderLegend(frame),
    renderWindows(frame),
    renderGrid(frame),
    `<g clip-path="url(#${id}-plot)">${chart.layers.map(layer => renderLayer(layer, frame)).join('')}</g>`,
    renderAxes(frame),
    renderMarks(frame),
    '</svg>',
  ].join('\n');
}

function makeFrame(chart: Chart): Frame {
  const { width = 960, height = 400 } = chart;
  const isNarrow = width < narrowest;
  const letterWidth = isNarrow ? letterWidths.narrow : letterWidths.wide;
  const legend = placeLegend(chart.layers, { left: isNarrow ? 12 : 56, right: width - 12, letterWidth });
  const rows = (legend.at(-1)?.row ?? 0) + 1;
  const [left, right, top, bottom] = [isNarrow ? 44 : 56, width - (isNarrow ? 12 : 20), 68 + 18 * rows, height - 44];
  // Leave room above the highest value for the labels of marks.
  const yTicks = niceTicks(highestOf(chart) * ((chart.marks ?? []).length > 0 ? 1.16 : 1.04), 5);
  return {
    chart,
    width,
    height,
    left,
    right,
    top,
    bottom,
    x: linearScale([chart.from, chart.until], [left, right]),
    y: linearScale([0, yTicks.at(-1) ?? 1], [bottom, top]),
    yTicks,
    legend,
    letterWidth,
  };
}

function highestOf({ layers, from, until }: Chart): number {
  const values = layers.flatMap(layer => {
    const inside = (layer.points as readonly (Point | BandPoint)[]).filter(
      point => point.t >= from && point.t <= until,
    );
    return inside.map(point => ('high' in point ? point.high : (point.value ?? 0)));
  });
  return values.reduce((highest, value) => Math.max(highest, value), 1);
}

function renderLegend({ legend }: Frame): string {
  const entries = legend.map(({ layer, x, row }) => {
    const y = 47 + 18 * row;
    const swatch =
      layer.kind === 'Band'
        ? `<rect class="${layer.role} area" x="${round(x)}" y="${y}" width="22" height="11" rx="2"/>`
        : `<path class="${layer.role} line" d="M${round(x)} ${y + 5.5}h22"/>`;
    return `${swatch}<text class="legend" x="${round(x + 28)}" y="${y + 9.5}">${escapeText(layer.label)}</text>`;
  });
  return `<g>${entries.join('')}</g>`;
}

function renderWindows({ chart, x, top, bottom, left, right }: Frame): string {
  return (chart.windows ?? [])
    .map(({ start, end }) => {
      const [begin, finish] = [Math.max(left, x(start)), Math.min(right, x(end))];
      return finish > begin
        ? `<rect class="window" x="${round(begin)}" y="${top}" width="${round(finish - begin)}" height="${bottom - top}"/>`
        : '';
    })
    .join('');
}

function renderGrid({ y, yTicks, left, right, chart, top }: Frame): string {
  const lines = yTicks.map(tick => `<path class="grid" d="M${left} ${round(y(tick))}H${right}"/>`);
  const words = yTicks.map(
    tick => `<text x="${left - 8}" y="${round(y(tick) + 4)}" text-anchor="end">${formatShort(tick)}</text>`,
  );
  return `${lines.join('')}${words.join('')}<text x="${left}" y="${top - 8}">${escapeText(chart.unit)}</text>`;
}

function renderAxes({ chart, x, left, right, bottom, width, height }: Frame): string {
  const { from, until, timeZone } = chart;
  const isDays = until - from > dayMs;
  const ticks = timeTicks(from, until, {
    count: Math.max(3, Math.floor(width / 80)),
    offsetMs: zoneOffsetMs(from, timeZone),
  });
  const words = ticks.map(
    t =>
      `<path class="axis" d="M${round(x(t))} ${bottom}v5"/><text x="${round(x(t))}" y="${bottom + 18}" text-anchor="middle">${isDays && formatClock(t, timeZone) === '00:00' ? formatShortDay(t, timeZone) : formatClock(t, timeZone)}</text>`,
  );
  const days = isDays ? `${formatDay(from, timeZone)} to ${formatDay(until, timeZone)}` : formatDay(from, timeZone);
  // A narrow chart has no room for the weekday.
  const day = width < narrowest ? `${days.replace(/^\w+, /, '')}, ${timeZone}` : `${days}, time in ${timeZone}`;
  return `<path class="axis" d="M${left} ${bottom}H${right}"/>${words.join('')}<text x="${right}" y="${height - 10}" text-anchor="end">${escapeText(day)}</text>`;
}

function renderMarks({ chart, x, top, bottom, left, right, letterWidth }: Frame): string {
  const marks = (chart.marks ?? []).filter(mark => mark.t >= chart.from && mark.t <= chart.until);
  // Put each label into the highest row that is free at its place.
  const takenUntil: number[] = [];
  return marks
    .map(({ t, label }) => {
      const place = round(x(t));
      const width = label.length * letterWidth;
      const begin = place + 5 + width > right ? place - 5 - width : place + 5;
      const free = takenUntil.findIndex(end => end < begin);
      const row = free === -1 ? takenUntil.length : free;
      takenUntil[row] = Math.max(begin, left) + width;
      const text = `<text class="label" x="${round(begin)}" y="${top + 13 + row * 16}">${escapeText(label)}</text>`;
      return `<path class="mark" d="M${place} ${top}V${bottom}"/>${text}`;
    })
    .join('');
}

function renderLayer(layer: Layer, frame: Frame): string {
  if (layer.kind === 'Band') return `<path class="${layer.role} area" d="${bandPath(layer.points, frame)}"/>`;
  const path = layer.kind === 'Line' ? linePath(layer.points, frame) : stepPath(layer.points, frame);
  return `<path class="${layer.role} line" d="${path}"/>`;
}

function linePath(points: readonly Point[], { x, y }: Frame): string {
  let isDrawing = false;
  return points
    .map(({ t, value }) => {
      if (value === null) {
        isDrawing = false;
        return '';
      }
      const command = `${isDrawing ? 'L' : 'M'}${round(x(t))} ${round(y(value))}`;
      isDrawing = true;
      return command;
    })
    .join('');
}

function stepPath(points: readonly Point[], { x, y, chart }: Frame): string {
  const steps = points.map(({ t, value }, i) => {
    const at = round(x(Math.max(t, chart.from)));
    return value === null ? '' : i === 0 ? `M${at} ${round(y(value))}` : `H${at}V${round(y(value))}`;
  });
  return steps.length === 0 ? '' : `${steps.join('')}H${round(x(chart.until))}`;
}

function bandPath(points: readonly BandPoint[], { x, y }: Frame): string {
  if (points.length === 0) return '';
  const upper = points.map(({ t, high }) => `${round(x(t))} ${round(y(high))}`);
  const lower = points.map(({ t, low }) => `${round(x(t))} ${round(y(low))}`).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
