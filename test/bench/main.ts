import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchmarkResult, RunBenchmark } from '../support/benchmark.ts';
import { formatBenchmark } from '../support/format-benchmark.ts';

/**
 * `npm run bench [-- NAME… --json]`: runs every file beside this one, or those named, prints the figures and keeps them
 * in dist/bench/results.json, where the figures of benchmarks that did not run this time stay.
 */
const folder = import.meta.dirname;
const resultsFile = path.join(folder, '../../dist/bench/results.json');
const names = readdirSync(folder)
  .filter(file => file.endsWith('.ts') && file !== 'main.ts')
  .map(file => file.slice(0, -'.ts'.length))
  .sort();

const json = process.argv.includes('--json');
const asked = process.argv.slice(2).filter(argument => !argument.startsWith('-'));
const unknown = asked.filter(name => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}: there are ${names.join(', ')}\n`);
  process.exitCode = 2;
} else {
  await runAll(asked.length > 0 ? asked : names);
}

async function runAll(chosen: readonly string[]): Promise<void> {
  const results: Record<string, unknown> = readResults();
  const now: Record<string, unknown> = {};
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
  writeFileSync(resultsFile, `${JSON.stringify({ ...results, ...now }, null, 2)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(now, null, 2)}\n`);
}

function readResults(): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } catch {
    return {};
  }
}
