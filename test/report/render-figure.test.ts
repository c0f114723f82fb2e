import { expect, test } from 'vitest';
import { renderFigure } from '../../src/report/render-figure.ts';
import { reportStyle } from '../../src/report/report-style.ts';

const chart = {
  id: 'forecast',
  title: 'Forecast',
  description: 'A forecast.',
  timeZone: 'UTC',
  from: 0,
  until: 3_600_000,
  unit: 'replicas',
  layers: [],
};

test('renderFigure draws for three widths, each shown where it is not made smaller', () => {
  const figure = renderFigure(chart, 'What <was> expected.');
  expect([...figure.matchAll(/viewBox="0 0 (\d+)/g)].map(([, width]) => Number(width))).toEqual([960, 620, 320]);
  expect(new Set([...figure.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)).size).toBe(9);
  expect(figure).toContain('<figcaption>What &lt;was&gt; expected.</figcaption>');
  // The page's margins and the figure's take 62 px of the screen, and 38 px of a narrow one.
  expect(reportStyle).toMatch(/max-width:1023px\).*max-width:683px\)/);
  expect(1024 - 62).toBeGreaterThanOrEqual(960);
  expect(684 - 62).toBeGreaterThanOrEqual(620);
  expect(360 - 38).toBeGreaterThanOrEqual(320);
});

test('no text of the page is smaller than 12 px', () => {
  const sizes = [...reportStyle.matchAll(/font-size:([\d.]+)(rem|px|pt)/g)].map(([, size, unit]) => ({
    pixels: Number(size) * ({ rem: 16, px: 1, pt: 4 / 3 }[unit ?? ''] ?? 0),
  }));
  expect(sizes.length).toBeGreaterThan(8);
  for (const { pixels } of sizes) expect(pixels).toBeGreaterThanOrEqual(12);
});
