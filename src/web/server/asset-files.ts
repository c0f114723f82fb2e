import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pageStyle } from '../../report/html/page-style.ts';

/** A file that every page loads. */
export interface Asset {
  readonly type: string;
  readonly body: string;
}

const require = createRequire(import.meta.url);
const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';

/** Reads the scripts and styles of the page by their path: ours, and those of uPlot from its package. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const own = (name: string) => readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');
  const uplot = (name: string) => readFileSync(require.resolve(`uplot/dist/${name}`), 'utf8');
  return new Map([
    ['/assets/page.css', { type: style, body: pageStyle }],
    ['/assets/live.js', { type: script, body: own('live.js') }],
    ['/assets/charts.js', { type: script, body: own('charts.js') }],
    ['/assets/uplot.js', { type: script, body: uplot('uPlot.esm.js') }],
    ['/assets/uplot.css', { type: style, body: uplot('uPlot.min.css') }],
  ]);
}
