import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KeptResult } from './benchmark.ts';
import { formatScoreboard, renewScoreboard } from './format-scoreboard.ts';

const root = path.join(import.meta.dirname, '../../..');
const folder = path.join(root, 'docs/benchmarks');

/** The page with the results of the benchmarks whose names begin with `forecast-`. */
export const scoreboardPage = path.join(root, 'forecasts/README.md');

/**
 * Stores results in docs/benchmarks, one file per benchmark, figures with four digits.
 * @throws Error when a part was skipped, because an incomplete scoreboard would look complete
 */
export function keepResults(results: Readonly<Record<string, KeptResult>>): void {
  for (const [name, { skipped }] of Object.entries(results))
    if (skipped.length > 0) throw new Error(`${name} is not written, parts of it could not run: ${skipped.join('; ')}`);
  mkdirSync(folder, { recursive: true });
  for (const [name, result] of Object.entries(results))
    writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(result, shortened, 2)}\n`);
}

/** The stored results, by benchmark name. */
export function readKeptResults(): Readonly<Record<string, KeptResult>> {
  const files = readdirSync(folder).filter(file => file.endsWith('.json'));
  const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  return Object.fromEntries(files.sort().map(file => [path.basename(file, '.json'), read(file)]));
}

/** The page with the scoreboard of the stored results. */
export function renderScoreboardPage(): string {
  const forecasts = Object.entries(readKeptResults()).filter(([name]) => name.startsWith('forecast-'));
  return renewScoreboard(readFileSync(scoreboardPage, 'utf8'), formatScoreboard(Object.fromEntries(forecasts)));
}

function shortened(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
