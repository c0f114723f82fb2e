import { formatNumber } from '../../report/format-number.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { CallGraphNode, CallGraphView } from '../views/call-graph-view.ts';

const box = { width: 150, height: 48, gapX: 24, gapY: 56 };
/** Services up to which a drawing can be read; beyond, the table alone is shown. */
const mostDrawn = 60;

/** Draws who calls whom, from the entry points downwards, with the planned floors; the table beside it says the same. */
export function drawCallGraph({ nodes, edges }: CallGraphView): Html | undefined {
  if (nodes.length < 2 || nodes.length > mostDrawn) return undefined;
  const layers = [...Map.groupBy(nodes, ({ layer }) => layer)].sort(([a], [b]) => a - b).map(([, inside]) => inside);
  const widest = Math.max(...layers.map(({ length }) => length));
  const width = widest * (box.width + box.gapX) + box.gapX;
  const height = layers.length * (box.height + box.gapY) - box.gapY + 16;
  const places = new Map(
    layers.flatMap((inside, row) =>
      inside.map((node, column) => [node.target, placeOf(width, inside.length, { row, column })]),
    ),
  );
  const lines = edges.map(({ from, to, ratio }) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) return undefined;
    const [x1, y1, x2, y2] = [a.x + box.width / 2, a.y + box.height, b.x + box.width / 2, b.y];
    return html`<path class="call" d="M${x1} ${y1}C${x1} ${y1 + box.gapY / 2} ${x2} ${y2 - box.gapY / 2} ${x2} ${y2}"><title>${from} calls ${to} ${formatNumber(ratio)} times a request</title></path>`;
  });
  return html`<div class="wide" tabindex="0" role="region" aria-label="Drawing of the calls"><svg class="calls" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Calls between the services; the table of services says the same">${lines}${nodes.map(node => drawNode(node, places.get(node.target)))}</svg></div>`;
}

function placeOf(width: number, count: number, { row, column }: { readonly row: number; readonly column: number }) {
  const used = count * (box.width + box.gapX) - box.gapX;
  return { x: (width - used) / 2 + column * (box.width + box.gapX), y: 8 + row * (box.height + box.gapY) };
}

function drawNode(
  { target, floor, boundBy, isEntryPoint }: CallGraphNode,
  place: { readonly x: number; readonly y: number } | undefined,
): Html | undefined {
  if (place === undefined) return undefined;
  const kind = boundBy === undefined ? (isEntryPoint ? 'service entry' : 'service') : 'service bound';
  const label = target.length > 18 ? `${target.slice(0, 17)}…` : target;
  const told =
    floor === undefined ? 'not raised' : `floor ${formatNumber(floor)}${boundBy === undefined ? '' : `, ${boundBy}`}`;
  return html`<g class="${kind}"><title>${target}: ${told}</title><rect x="${place.x}" y="${place.y}" width="${box.width}" height="${box.height}" rx="7"/><text x="${place.x + box.width / 2}" y="${place.y + 20}">${label}</text><text class="quiet" x="${place.x + box.width / 2}" y="${place.y + 37}">${told}</text></g>`;
}
