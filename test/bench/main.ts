import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchmarkResult, KeptResult, RunBenchmark } from '../support/bench/benchmark.ts';
import { formatBenchmark } from '../support/bench/format-benchmark.ts';
import { keepResults, renderScoreboardPage, scoreboardPage } from '../support/bench/kept-results.ts';
import { renderSalePicture } from '../support/pages/render-sale-picture.ts';

/**
 * `npm run bench [-- NAME… --json --write --render]`: runs every file beside this one, or those named (`forecast` = all
 * that begin with it), prints the figures and stores them in dist/bench/results.json, which keeps the figures of
 * benchmarks that did not run. `--write` also stores them in docs/benchmarks and updates the scoreboard and the picture
 * in forecasts/README.md; `--render` only updates these from the stored figures.
 */
const folder = import.meta.dirname;
const resultsFile = path.join(folder, '../../dist/bench/results.json');
const names = readdirSync(folder)
  .filter(file => file.endsWith('.ts') && file !== 'main.ts')
  .map(file => file.slice(0, -'.ts'.length))
  .sort();

const options = process.argv.slice(2).filter(argument => argument.startsWith('-'));
const asked = process.argv.slice(2).filter(argument => !argument.startsWith('-'));
const isAsked = (name: string) => asked.some(each => name === each || name.startsWith(`${each}-`));
const unknown = asked.filter(each => !names.some(name => name === each || name.startsWith(`${each}-`)));
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}: there are ${names.join(', ')}\n`);
  process.exitCode = 2;
} else {
  const results = options.includes('--render') ? {} : await runAll(asked.length > 0 ? names.filter(isAsked) : names);
  if (options.includes('--write')) keepResults(results);
  if (options.includes('--write') || options.includes('--render')) {
    writeFileSync(scoreboardPage, renderScoreboardPage());
    writeFileSync(path.join(folder, '../../docs/images/forecast-of-a-sale.svg'), renderSalePicture());
  }
}

async function runAll(chosen: readonly string[]): Promise<Readonly<Record<string, KeptResult>>> {
  const json = options.includes('--json');
  const before = readResults();
  const now: Record<string, KeptResult> = {};
  for (const name of chosen) {
    process.stderr.write(`${name} …\n`);
    const started = Date.now();
    const { run }: { run: RunBenchmark } = await import(path.join(folder, `${name}.ts`));
    const result: BenchmarkResult = await run();
    const seconds = (Date.now() - started) / 1000;
    now[name] = { date: new Date().toISOString(), node: process.versions.node, seconds, ...result };
    if (!json) process.stdout.write(`${formatBenchmark(name, result)}\n`);
  }
  mkdirSync(path.dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify({ ...before, ...now }, null, 2)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(now, null, 2)}\n`);
  return now;
}

function readResults(): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } catch {
    return {};
  }
}
