import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readHistory } from '../../src/cli/files/read-history.ts';
import { runProgram } from '../../src/cli/program.ts';
import { downloadHistory } from '../../src/cli/sources/download-history.ts';
import { prometheusSource } from '../../src/observe/metrics/prometheus.ts';
import { type PrometheusEndpoint, startPrometheusEndpoint } from '../../src/sandbox/prometheus-endpoint.ts';

/** The commands that ask metric stores, against the sandbox's Prometheus on loopback. */
const root = mkdtempSync(path.join(tmpdir(), 'headstart-sources-'));
const dayMs = 86_400_000;
let prometheus: PrometheusEndpoint;

beforeAll(async () => {
  const wave = (t: number) => 100 + 50 * Math.sin((2 * Math.PI * t) / dayMs);
  const query = { windowSeconds: 60, mean: (from: number) => wave(from) };
  const ended = { windowSeconds: 60, mean: (from: number) => (from > Date.now() - 1.1 * dayMs ? null : 5) };
  const series = [
    { query: 'rate(web)', ...query },
    { query: 'rate(gone)', ...ended },
    { query: 'rate(never)', windowSeconds: 60, mean: () => null },
    { query: 'vector(1)', windowSeconds: 60, mean: () => 1 },
  ];
  prometheus = await startPrometheusEndpoint(series, { now: () => Date.now() });
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await prometheus.close();
  rmSync(root, { recursive: true });
});

const target = (name: string, query: string, source = 'prometheus') => `apiVersion: headstart.dev/v1alpha1
kind: ScalingTarget
metadata: { name: ${name} }
spec:
  workloadRef: { name: ${name} }
  baseline: { minReplicas: 4, maxReplicas: 20 }
  ceiling: 60
  capacityPerReplica: "20"
  demand: { query: ${query}, source: ${source}, historyDays: 14, stepSeconds: 300 }
`;

/** Nothing listens on port 1. */
const deadSource = '  dead: { type: prometheus, url: "http://127.0.0.1:1" }\n';

function given(...targets: readonly string[]) {
  const folder = mkdtempSync(path.join(root, 'shop-'));
  mkdirSync(path.join(folder, 'targets'));
  writeFileSync(path.join(folder, 'targets/t.yaml'), targets.join('---\n'));
  writeFileSync(
    path.join(folder, 'settings.yaml'),
    `sources:\n  prometheus: { type: prometheus, url: "${prometheus.url}" }\n  spare: { type: prometheus, url: "${prometheus.url}" }\n${targets.some(each => /source: (dead|datadog)/.test(each)) ? deadSource : ''}`,
  );
  return folder;
}

async function run(folder: string, ...args: readonly string[]) {
  const out: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation(chunk => out.push(String(chunk)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation(chunk => out.push(String(chunk)) > 0);
  const places = ['--settings', path.join(folder, 'settings.yaml'), '--targets', path.join(folder, 'targets')];
  const code = await runProgram(['node', 'headstart', ...args, ...places]);
  return { code, text: out.join('') };
}

describe('headstart sources check', () => {
  test('says what each source has for each target', async () => {
    const { code, text } = await run(given(target('web', 'rate(web)')), 'sources', 'check');
    expect(text).toMatch(/^prometheus +web +yes +14 d at 300 s, newest (\d min )?\d+ (min|s) old, daily season$/m);
    expect(text).toMatch(/^spare +yes +answers; no target asks it$/m);
    expect(code).toBe(0);
  });

  test.each([
    [
      'has no value',
      target('web', 'rate(never)'),
      /web +no +no value in 14 d: try the query in the store itself: rate\(never\)/,
    ],
    ['ended', target('web', 'rate(gone)'), /web +no +.*: nothing for 1 d.*, is the service still measured\?/],
    [
      'reaches nobody',
      target('web', 'up', 'dead'),
      /dead +web +no +Unreachable: .* → check the address in the settings/,
    ],
    [
      'has no source',
      target('web', 'up', 'datadog'),
      /datadog +web +no +is not in the settings, which have prometheus, spare, dead/,
    ],
  ])('exits 1 and says what to do when a query %s', async (_, text, message) => {
    const found = await run(given(text), 'sources', 'check');
    expect(found.text).toMatch(message);
    expect(found.code).toBe(1);
  });
});

describe('headstart history', () => {
  test('writes files that plan and forecast read, and continues them', async () => {
    const folder = given(target('web', 'rate(web)'), target('gone', 'rate(gone)'));
    const output = path.join(folder, 'history');
    const first = await run(folder, 'history', '--days', '8', '-o', output);
    expect(first.text).toMatch(/web\.csv: 7 d 23 h written\n/);
    expect(first.code).toBe(0);
    const [read] = readHistory(path.join(output, 'web.csv'));
    expect(read?.series).toMatchObject({ stepSeconds: 300 });
    expect(read?.series.values).toHaveLength(8 * 288 - 1);
    expect((await run(folder, 'history', '--days', '8', '-o', output)).text).toMatch(
      /web\.csv: (nothing new|5 min added)\n/,
    );
  });

  test('goes on after a download that was ended in the middle of a row, and asks for the rest alone', async () => {
    const file = path.join(mkdtempSync(path.join(root, 'cut-')), 'web.csv');
    const source = prometheusSource({ url: prometheus.url });
    const demand = { source: 'prometheus', query: 'rate(web)', stepSeconds: 300, historyDays: 14 };
    const now = Math.floor(Date.now() / dayMs) * dayMs;
    await downloadHistory({ source, demand, file, days: 3, now: now - dayMs });
    appendFileSync(file, '2026-06-01T00:0');
    const asked = prometheus.asked.length;
    const shares: number[] = [];
    const added = await downloadHistory({
      source,
      demand,
      file,
      days: 5,
      now,
      onProgress: share => shares.push(share),
    });
    expect(added).toEqual({ steps: 288, isContinued: true });
    expect(shares.at(-1)).toBe(1);
    expect(prometheus.asked.length - asked).toBeLessThanOrEqual(2);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1 + 4 * 288 - 1);
    await expect(
      downloadHistory({ source, demand: { ...demand, stepSeconds: 60 }, file, days: 5, now }),
    ).rejects.toThrow(/web\.csv has steps of 300 s and the target 60 s: remove the file/);
  });

  test('refuses a source that no target asks', async () => {
    const { code, text } = await run(given(target('web', 'rate(web)')), 'history', '--source', 'thanos', '-o', root);
    expect(text).toMatch(/no target asks source thanos/);
    expect(code).toBe(1);
  });
});

describe('headstart forecast with --settings', () => {
  test('forecasts what the source has of each target, or of one', async () => {
    const folder = given(target('web', 'rate(web)'), target('gone', 'rate(gone)'));
    const { code, text } = await run(folder, 'forecast', '--target', 'web', '--horizon', '6h', '-o', 'json');
    expect(code).toBe(0);
    const [forecast, ...others] = JSON.parse(text);
    expect(others).toEqual([]);
    expect(forecast.name).toBe('web');
    const total: readonly number[] = forecast.total.point;
    expect(total).toHaveLength(72);
    expect(Math.max(...total)).toBeLessThan(200);
    expect(Math.min(...total)).toBeGreaterThan(25);
  });

  test.each([
    ['a target that is not there', ['--target', 'wob'], 1, /there is no ScalingTarget wob, only web/],
    ['a query without values', ['--target', 'never'], 1, /never: /],
  ])('says of %s what is wrong', async (_, args, code, message) => {
    const targets = args.includes('never') ? [target('never', 'rate(never)')] : [target('web', 'rate(web)')];
    const refused = await run(given(...targets), 'forecast', ...args);
    expect(refused.text).toMatch(message);
    expect(refused.code).toBe(code);
  });
});
