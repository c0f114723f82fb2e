/** Makes the drawn charts of a page zoom and tell their values; the drawings stay where this does not run. */
import uPlot from './uplot.js';

const colours = {
  actual: 'var(--actual)',
  forecast: 'var(--forecast)',
  capacity: 'var(--capacity)',
  schedule: 'var(--schedule)',
};

/** Resolves a colour of the style sheet for the canvas. */
function colourOf(element, role) {
  const name = /--[a-z]+/.exec(colours[role] ?? colours.actual)?.[0] ?? '--actual';
  return getComputedStyle(element).getPropertyValue(name).trim() || '#16202e';
}

/** Draws every chart of `root` that has its columns. */
export function drawCharts(root) {
  for (const figure of root.querySelectorAll('figure[data-chart]:not(.live)')) drawChart(figure);
}

function drawChart(figure) {
  const { t, lines } = JSON.parse(figure.dataset.chart ?? '{}');
  const { unit = '', title = '', zone } = figure.dataset;
  const probe = figure.querySelector('.chart') ?? figure;
  const ink = getComputedStyle(figure).color;
  const grid = getComputedStyle(probe).getPropertyValue('--grid').trim() || '#ccc';
  const place = name => lines.findIndex(({ label }) => label === name) + 1;
  const series = lines.map(({ label, role, kind }) => ({
    label,
    stroke: colourOf(probe, role),
    width: role === 'actual' ? 2 : 1.5,
    spanGaps: true,
    ...(role === 'forecast' ? { dash: [6, 4] } : {}),
    ...(kind === 'Steps' ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
    points: { show: false },
  }));
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  const size = () => ({ width: Math.max(240, figure.clientWidth - 26), height: 320 });
  const hasBand = place('P95') > 0 && place('P50') > 0;
  const chart = new uPlot(
    {
      ...size(),
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), zone || 'UTC'),
      series: [{ label: zone || 'UTC', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' }, ...series],
      axes: [
        { ...axis, values: '{HH}:{mm}' },
        { ...axis, label: unit, size: 64 },
      ],
      scales: { y: { range: (_, __, highest) => [0, (highest || 1) * 1.05] } },
      bands: hasBand ? [{ series: [place('P95'), place('P50')], fill: `${colourOf(probe, 'forecast')}33` }] : [],
    },
    [t.map(at => at / 1000), ...lines.map(({ values }) => values)],
    figure,
  );
  const heading = document.createElement('p');
  heading.className = 'chart-title';
  heading.textContent = title;
  figure.prepend(heading, chart.root);
  figure.classList.add('live');
  new ResizeObserver(() => chart.setSize(size())).observe(figure);
}
