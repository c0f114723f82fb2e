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
  const { t, bands, lines } = JSON.parse(figure.dataset.chart ?? '{}');
  const probe = figure.querySelector('.chart') ?? figure;
  const ink = getComputedStyle(figure).color;
  const grid = getComputedStyle(probe).getPropertyValue('--grid').trim() || '#ccc';
  const [forecast, all] = [
    lines.findIndex(({ role }) => role === 'forecast'),
    [t.map(at => at / 1000), ...lines.map(({ values }) => values)],
  ];
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
  const chart = new uPlot(
    {
      width: figure.clientWidth - 26,
      height: 320,
      series: [{}, ...series],
      axes: [axis, { ...axis, label: figure.dataset.unit ?? '', size: 64 }],
      scales: { y: { range: (_, __, highest) => [0, (highest || 1) * 1.05] } },
      ...(bands && forecast >= 0 && lines.some(({ label }) => label === 'P95')
        ? {
            bands: [
              {
                series: [lines.findIndex(({ label }) => label === 'P95') + 1, forecast + 1],
                fill: `${colourOf(probe, 'forecast')}33`,
              },
            ],
          }
        : {}),
    },
    all,
    figure,
  );
  figure.prepend(chart.root);
  figure.classList.add('live');
  new ResizeObserver(() => chart.setSize({ width: figure.clientWidth - 26, height: 320 })).observe(figure);
}
