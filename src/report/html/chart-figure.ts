import type { Chart, Layer, Point, Role } from '../chart.ts';
import { renderChart } from '../render-chart.ts';
import { type Html, html, rendered } from './html.ts';
import type { DemandColumns, ReplicaColumns } from './time-columns.ts';

/** A chart of a page, and its columns for the script that makes it zoom. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly timeZone: string;
  readonly caption: string;
  /** A sale to shade; epoch ms. */
  readonly sale?: { readonly start: number; readonly end: number } | undefined;
}

interface Line {
  readonly label: string;
  readonly role: Role;
  readonly kind: 'Line' | 'Steps';
  readonly values: readonly (number | null)[];
}

/** Columns without a value: the figure says that nothing is known. */
export const emptyDemand: DemandColumns = { t: [], actual: [], p50: [], p95: [] };
export const emptyReplicas: ReplicaColumns = { t: [], floor: [], maximum: [], ready: [] };

/** Draws forecast P50 to P95 against measured demand. */
export function demandFigure(figure: Figure, { t, actual, p50, p95 }: DemandColumns): Html {
  const band = t.flatMap((at, index) => {
    const [low, high] = [p50[index], p95[index]];
    return low == null || high == null ? [] : [{ t: at, low, high }];
  });
  const layers: readonly Layer[] =
    band.length < 2 ? [] : [{ kind: 'Band', role: 'forecast', label: 'forecast, P50 to P95', points: band }];
  const lines: readonly Line[] = [
    { label: 'P50', role: 'forecast', kind: 'Line', values: p50 },
    { label: 'actual demand', role: 'actual', kind: 'Line', values: actual },
  ];
  const upper: Line = { label: 'P95', role: 'forecast', kind: 'Line', values: p95 };
  return draw(figure, { t, bands: layers, lines, ofBands: layers.length > 0 ? [upper] : [] });
}

/** Draws floor, maximum and ready replicas. */
export function replicaFigure(figure: Figure, { t, floor, maximum, ready }: ReplicaColumns): Html {
  const lines: readonly Line[] = [
    { label: 'maximum', role: 'schedule', kind: 'Steps', values: maximum },
    { label: 'floor', role: 'capacity', kind: 'Steps', values: floor },
    { label: 'ready', role: 'actual', kind: 'Steps', values: ready },
  ];
  return draw(figure, { t, bands: [], lines, ofBands: [] });
}

/** What a figure draws: bands below, lines above them. */
interface Drawing {
  /** Epoch ms of the columns. */
  readonly t: readonly number[];
  readonly bands: readonly Layer[];
  readonly lines: readonly Line[];
  /** Columns of the bands, which only the script needs. */
  readonly ofBands: readonly Line[];
}

const sizes = [
  { name: 'large', width: 960, height: 340 },
  { name: 'medium', width: 620, height: 340 },
  { name: 'small', width: 320, height: 320 },
];

function draw(figure: Figure, { t, bands, lines, ofBands }: Drawing): Html {
  const { id, title, unit, timeZone, caption, sale } = figure;
  const drawn = lines.filter(({ values }) => values.some(value => value !== null));
  const [from, until] = [t[0], t.at(-1)];
  if (from === undefined || until === undefined || from >= until || drawn.length === 0)
    return html`<figure class="empty"><p><strong>${title}</strong>: nothing is known yet.</p></figure>`;
  const chart: Chart = {
    id,
    title,
    description: `${title}. ${caption}`,
    timeZone,
    from,
    until,
    unit,
    layers: [
      ...bands,
      ...drawn.map(
        (line): Layer => ({ kind: line.kind, role: line.role, label: line.label, points: pointsOf(t, line) }),
      ),
    ],
    ...(sale === undefined ? {} : { windows: [{ label: 'sale', ...sale }] }),
  };
  const columns = JSON.stringify({
    t,
    lines: [...ofBands, ...drawn].map(({ label, role, kind, values }) => ({ label, role, kind, values })),
  });
  const pictures = sizes.map(({ name, width, height }) =>
    rendered(
      `<div class="${name}">${withoutStyle(renderChart({ ...chart, id: `${id}-${name}`, width, height }))}</div>`,
    ),
  );
  return html`<figure data-chart="${columns}" data-unit="${unit}" data-title="${title}" data-zone="${timeZone}">${pictures}<figcaption>${caption}</figcaption></figure>`;
}

/** The style of charts is part of the page's: a strict policy allows none inline. */
function withoutStyle(svg: string): string {
  return svg.replace(/<style>[^<]*<\/style>/, '');
}

/** The points of a line; a step holds until the next known value, so its gaps are left out. */
function pointsOf(t: readonly number[], { kind, values }: Line): readonly Point[] {
  const points = t.map((at, index) => ({ t: at, value: values[index] ?? null }));
  const known = points.filter(({ value }) => value !== null);
  return kind === 'Steps' || known.length * 2 < points.length ? known : points;
}
