import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { formatInstant } from '../../src/api/instant.ts';
import { formatAs, previewPlan } from '../../src/cli/plan.ts';
import { formatPlan } from '../../src/cli/preview/format-plan.ts';
import { previewObservation } from '../../src/cli/preview/preview-observation.ts';
import { runProgram } from '../../src/cli/program.ts';
import { epochMs } from '../support/cli/epoch-ms.ts';
import { madeUpDemand } from '../support/demand/made-up-demand.ts';

/** A merchandiser's preview: files in, a table out. */
const folder = mkdtempSync(path.join(tmpdir(), 'headstart-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sale = `apiVersion: headstart.dev/v1alpha1
kind: FlashSale
metadata: { name: drop }
spec:
  startTime: 2026-06-30T20:00:00+02:00
  endTime: 2026-06-30T22:00:00+02:00
  timeZone: Europe/Berlin
  expectedPeakPercent: 800
`;
const target = (name: string, fields: string) => `apiVersion: headstart.dev/v1alpha1
kind: ScalingTarget
metadata: { name: ${name} }
spec:
  workloadRef: { name: ${name} }
  mode: Apply
  baseline: { minReplicas: 4, maxReplicas: 20 }
  ceiling: 60
  capacityPerReplica: "20"
  demand: { query: up }
${fields}`;

describe('headstart plan', () => {
  test('shows when and how big the peak is, when bounds are raised, replicas by service and the reasons', () => {
    const files = given({
      'sale.yaml': sale,
      'targets/shop.yaml': `${target('gateway', '  entryPoint: true\n  calls: [{ target: checkout, perThousandRequests: 500 }]\n')}---\n${target('checkout', '  ceiling: 60\n').replace('  ceiling: 60\n  cap', '  cap')}`,
      'history/gateway.csv': csv(15),
      'history/checkout.csv': csv(15),
    });
    const preview = previewObservation(files);
    const text = formatPlan(previewPlan(preview), preview.observation);

    expect(text).toMatch(/^drop: 2026-06-30 20:00 to 2026-06-30 22:00 Europe\/Berlin$/m);
    expect(text).toMatch(
      /^ {2}peak +2026-06-30 2[01]:\d\d, .* after the start, [\d.]+ times an ordinary minute \(stated 8 times\)$/m,
    );
    expect(text).toMatch(
      /^ {2}planned from +you said 8×; no past sale was measured; planned for [\d.]+×, safe to [\d.]+×$/m,
    );
    expect(text).toMatch(/^ {2}range +up to [\d.]+ times the expected peak, all of that range because sales differ/m);
    expect(text).toMatch(/^ {2}raised at +2026-06-30 19:53, 6 min \d+ s before the start$/m);
    expect(text).toMatch(/^ {2}gateway +4 +\d+ +\d+\.\.\d+ +\d.*\/s +\d.*\/s +2\d:\d\d/m);
    expect(text).toMatch(/^ {2}checkout\n {4}P95 of the demand of drop/m);
  });

  test.each([
    [undefined, /you stated no peak; two past sales did 4\.\d× and 6(\.\d)?×; planned for 5\.\d×/, [5, 6]],
    [200, /you said 2×; two past sales did 4\.\d× and 6(\.\d)?×; planned for 3(\.\d)?×/, [2, 5]],
    [600, /you said 6×; two past sales did 4\.\d× and 6(\.\d)?×; planned for 5\.\d×/, [5, 6]],
    [900, /you said 9×; two past sales did 4\.\d× and 6(\.\d)?×; planned for 7\.\d×/, [6, 9]],
  ])('plans between what is stated (%s) and what unstated past sales did', (stated, sentence, [least, most]) => {
    const past = (name: string, day: string) =>
      sale.replaceAll('2026-06-30', day).replace('drop', name).replace('  expectedPeakPercent: 800\n', '');
    const next = sale.replace(
      '  expectedPeakPercent: 800\n',
      stated === undefined ? '' : `  expectedPeakPercent: ${stated}\n`,
    );
    const files = given({
      'sale.yaml': `${next}---\n${past('first', '2026-06-16')}---\n${past('second', '2026-06-23')}`,
      'targets/t.yaml': target('gateway', '  entryPoint: true\n'),
      'history/gateway.csv': csv(28, [
        { day: 15, peak: 5.3 },
        { day: 22, peak: 6.4 },
      ]),
    });
    const preview = previewObservation(files);
    const plan = previewPlan(preview);
    expect(formatPlan(plan, preview.observation)).toMatch(sentence);
    const percent = plan.sales.find(({ sale: name }) => name === 'drop')?.peakPercent ?? 0;
    expect(percent).toBeGreaterThan(100 * (least ?? 0));
    expect(percent).toBeLessThan(100 * (most ?? 0));
  });

  test('plans as if it were the end of the history, and never looks beyond --at', () => {
    const files = given({
      'sale.yaml': sale,
      'targets/t.yaml': target('gateway', '  entryPoint: true\n'),
      'history/gateway.csv': csv(15),
    });
    expect(previewObservation(files).observation.now).toBe(Date.parse('2026-06-16T00:00:00Z'));
    const earlier = previewObservation({ ...files, at: Date.parse('2026-06-10T09:30:00Z') });
    const { start, stepSeconds, values } = earlier.histories.gateway ?? { start: 0, stepSeconds: 0, values: [] };
    expect(start + values.length * stepSeconds * 1000).toBe(Date.parse('2026-06-10T09:30:00Z'));
  });

  test.each([
    ['apps/v1', 7],
    ['example.com/v1', 4],
  ])('takes the bounds of an HPA that scales a Deployment of %s: %i', (apiVersion, minReplicas) => {
    const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: gateway }
spec:
  scaleTargetRef: { apiVersion: ${apiVersion}, kind: Deployment, name: gateway }
  minReplicas: 7
  maxReplicas: 30
`;
    const files = given({
      'sale.yaml': sale,
      'targets/t.yaml': `${target('gateway', '  entryPoint: true\n')}---\n${hpa}`,
      'history/gateway.csv': csv(1),
    });
    const [observed] = previewObservation(files).observation.targets;
    expect(observed?.autoscalers.map(one => one.minReplicas)).toEqual([minReplicas]);
  });

  test('says of an HPA that a ScaledObject owns that it cannot be raised, and where to raise it', () => {
    const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: keda-hpa-gateway
  ownerReferences:
    - { apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: gateway, uid: u1, controller: true }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: gateway }
  minReplicas: 4
  maxReplicas: 20
`;
    const files = given({
      'sale.yaml': sale,
      'targets/t.yaml': `${target('gateway', '  entryPoint: true\n')}---\n${hpa}`,
      'history/gateway.csv': csv(8),
    });
    const preview = previewObservation(files);
    expect(formatPlan(previewPlan(preview), preview.observation)).toContain(
      'risk: gateway cannot be raised: HPA keda-hpa-gateway is made by ScaledObject default/gateway, which cannot be read',
    );
  });

  test('says the same twice, byte for byte', () => {
    const files = given({
      'sale.yaml': sale,
      'targets/t.yaml': target('gateway', '  entryPoint: true\n'),
      'history/gateway.csv': csv(8),
    });
    const [once, again] = [1, 2].map(() => JSON.stringify(previewPlan(previewObservation(files))));
    expect(once).toBe(again);
  });

  test('plans a service without history by the stated peak, and says so', () => {
    const files = given({
      'sale.yaml': sale,
      'targets/t.yaml': `${target('gateway', '  entryPoint: true\n')}---\n${target('search', '')}`,
      'history/search.csv': csv(8),
    });
    const preview = previewObservation(files);
    expect(formatPlan(previewPlan(preview), preview.observation)).toContain(
      'risk: gateway has no forecast (there is no history in gateway.csv): 32 replicas, baseline 4 × the stated peak of 800 %.',
    );
  });

  test.each([
    [
      'a field of a sale',
      { 'sale.yaml': sale.replace('22:00:00', '19:00:00') },
      /sale\.yaml:6:12: FlashSale default\/drop: spec\.endTime: must be after startTime/,
    ],
    [
      'an offset',
      { 'sale.yaml': sale.replaceAll('+02:00', '+01:00') },
      /sale\.yaml:5:14: FlashSale default\/drop: spec\.startTime: must have the offset of timeZone Europe\/Berlin, \+02:00/,
    ],
    [
      'an unknown field',
      { 'sale.yaml': `${sale}  colour: red\n` },
      /sale\.yaml:9:3: FlashSale default\/drop: spec\.colour: is not a field/,
    ],
    ['broken YAML', { 'sale.yaml': 'kind: FlashSale\nspec: [\n' }, /sale\.yaml:3:1: Flow sequence/],
    [
      'a file without a sale',
      { 'sale.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' },
      /sale\.yaml has no FlashSale/,
    ],
    [
      'a nested field of a target',
      { 'targets/t.yaml': target('gateway', '  calls:\n    - target: a\n      perThousandRequests: -1\n') },
      /t\.yaml:13:28: ScalingTarget default\/gateway: spec\.calls\[0\]\.perThousandRequests/,
    ],
    [
      'a row that is no pair',
      { 'history/gateway.csv': 'timestamp,value\n2026-06-01T00:00:00Z,1,2\n' },
      /gateway\.csv:2: expected timestamp,value/,
    ],
    [
      'a time that is none',
      { 'history/gateway.csv': '2026-06-01T00:00:00Z,1\nyesterday,2\n' },
      /gateway\.csv:2: "yesterday" is no timestamp/,
    ],
    [
      'a value that is none',
      { 'history/gateway.csv': '2026-06-01T00:00:00Z,1\n2026-06-01T00:01:00Z,many\n' },
      /gateway\.csv:2: "many" is no number/,
    ],
    [
      'two values at one time',
      { 'history/gateway.csv': '2026-06-01T00:01:00Z,1\n2026-06-01T00:01:00Z,2\n' },
      /gateway\.csv:2: has the time of .*gateway\.csv:1 and another value/,
    ],
    [
      'a history of no target',
      { 'history/gateway.csv': undefined, 'history/other.csv': csv(1) },
      /expected <target>\.csv for one of gateway/,
    ],
  ])('names file and line of %s', (_, broken, message) => {
    const files = {
      'sale.yaml': sale,
      'targets/t.yaml': target('gateway', '  entryPoint: true\n'),
      'history/gateway.csv': csv(1),
      ...broken,
    };
    expect(() => previewObservation(given(files))).toThrow(message);
  });

  test('tells what its reader put right, in JSON and YAML as notes', () => {
    const rows = [
      'time,rpm',
      '2026-06-01 00:00,600',
      '2026-06-01 00:01,660',
      '2026-06-01 00:01,660',
      '2026-06-01 00:03,-6',
    ];
    const files = given({
      'sale.yaml': sale,
      'targets/t.yaml': target('gateway', ''),
      'history/gateway.csv': rows.join('\n'),
    });
    const preview = previewObservation(files);
    expect(preview.histories.gateway?.values).toEqual([10, 11, null, -0.1]);
    expect(preview.notes).toEqual([
      expect.stringMatching(/gateway\.csv:5: 1 negative value left out, because demand is never negative$/),
      expect.stringMatching(
        /gateway\.csv: read as UTC, for want of an offset \(--time-zone .*\), "rpm" as requests per minute → per second$/,
      ),
      expect.stringMatching(/gateway\.csv:4: stands there twice$/),
      expect.stringMatching(
        /gateway\.csv: 1 of 4 steps have no value, the longest gap is 1 min from 2026-06-01T00:02:00Z$/,
      ),
    ]);
    const plan = previewPlan(preview);
    const json = formatAs('json', plan, preview);
    expect(JSON.parse(json).notes).toEqual(preview.notes);
    expect(JSON.parse(json).now).toBe(formatInstant(plan.now));
    expect(json).not.toMatch(epochMs);
    const yaml = formatAs('yaml', plan, preview);
    expect(yaml).not.toMatch(epochMs);
    expect(yaml).toMatch(/^notes:\n(?: {2}- .*\n)* {2}- .*"rpm" as requests per minute/m);
  });

  test('shows the risk of steps of an hour and of a contradicting capacity', () => {
    const hours = madeUpDemand({ days: 28, stepSeconds: 3600 });
    const lines = hours.values.map((value, i) => `${new Date(hours.start + i * 3_600_000).toISOString()},${value}`);
    const files = given({
      'sale.yaml': sale.replaceAll('2026-06-30', '2026-06-29'),
      'targets/t.yaml': target('gateway', '  entryPoint: true\n').replace('"20"', '"1"'),
      'history/gateway.csv': ['time,value', ...lines].join('\n'),
    });
    const preview = previewObservation(files);
    const text = formatPlan(previewPlan(preview), preview.observation);
    expect(text).toMatch(/risk: gateway: steps of 1 h hide the first minutes of the sale\./);
    expect(text).toMatch(
      /risk: gateway: its ordinary [\d.]+ requests\/s at 1 per replica take \d+ replicas, and the HPA may run 20\./,
    );
  });

  test('reads packed histories as forecast does', () => {
    const files = given({ 'sale.yaml': sale, 'targets/t.yaml': target('gateway', '') });
    writeFileSync(path.join(files.historyFolder, 'gateway.csv.gz'), gzipSync(csv(1)));
    expect(previewObservation(files).histories.gateway?.values).toHaveLength(1440);
  });

  test('reads seconds since 1970, gaps and comments', () => {
    const rows = ['# of the edge', 'timestamp,value', '1780272000,10', '1780272060,', '1780272180,13', '1780272240,14'];
    const files = given({
      'sale.yaml': sale,
      'targets/t.yaml': target('gateway', ''),
      'history/gateway.csv': rows.join('\n'),
    });
    expect(previewObservation(files).histories.gateway).toEqual({
      start: 1_780_272_000_000,
      stepSeconds: 60,
      values: [10, null, null, 13, 14],
    });
  });
});

describe('headstart plan of a set of sales', () => {
  const named = (name: string, fields: Readonly<Record<string, string>> = {}) =>
    Object.entries({ name, ...fields }).reduce(
      (text, [key, value]) =>
        key === 'name' ? text.replace('drop', value) : text.replace(new RegExp(`${key}: .*`), `${key}: ${value}`),
      sale,
    );
  const shop = { 'targets/t.yaml': target('gateway', '  entryPoint: true\n'), 'history/gateway.csv': csv(15) };

  test('measures a sale that overlaps another against a minute without any, and tells its own part', async () => {
    const evening = named('evening', {
      startTime: '2026-06-30T21:00:00+02:00',
      endTime: '2026-06-30T23:00:00+02:00',
      expectedPeakPercent: '400',
    });
    const alone = await run(given({ ...shop, 'sale.yaml': evening }));
    const own = /after the start, ([\d.]+ times an ordinary minute) \(stated 4 times\)/.exec(alone.text)?.[1];
    const both = await run(given({ ...shop, 'sale.yaml': `${sale}---\n${evening}` }));
    const [, part = ''] = both.text.split(/^evening: /m);
    expect(part).toMatch(
      new RegExp(`^ {2}by itself +${own}, \\d+ % of what they add .*\\(together with drop\\)$`, 'm'),
    );
    const [, times] = /([\d.]+) times an ordinary minute \(stated 4 times\)/.exec(part) ?? [];
    expect(Number(times)).toBeGreaterThanOrEqual(Number.parseFloat(own ?? ''));
  });

  test('says the same in whatever order the sales stand', async () => {
    const sales = [
      sale,
      named('evening', { expectedPeakPercent: '300' }),
      named('last', { startTime: '2026-06-30T21:00:00+02:00' }),
    ];
    const one = await run(given({ ...shop, 'sale.yaml': sales.join('---\n') }));
    const other = await run(given({ ...shop, 'sale.yaml': sales.toReversed().join('---\n') }));
    expect(other).toEqual(one);
  });

  test('tells a sale under two names as a risk on both', async () => {
    const { code, text } = await run(given({ ...shop, 'sale.yaml': `${sale}---\n${named('sneaker-drop')}` }));
    expect(code).toBe(0);
    expect(text).toContain('risk: sneaker-drop has the same start, end and entry points: their demand is added up.');
    expect(text).toContain('risk: drop has the same start, end and entry points: their demand is added up.');
  });

  test('says of what is over, was cancelled or lies before the history what it teaches', async () => {
    const past = (name: string, day: string) =>
      named(name, { startTime: `${day}T20:00:00+02:00`, endTime: `${day}T22:00:00+02:00` });
    const sales = [
      sale,
      past('past', '2026-06-09'),
      past('old', '2026-05-01'),
      `${named('called-off')}  cancelled: true\n`,
    ];
    const { text } = await run(given({ ...shop, 'sale.yaml': sales.join('---\n') }));
    expect(text).toMatch(/^past: .*\n {2}The sale ended at .*; it teaches the next forecast\.$/m);
    expect(text).toMatch(
      /^old: .*\n {2}The sale ended at .*; it lies before the history begins and teaches nothing\.$/m,
    );
    expect(text).toMatch(
      /^called-off: .*\n {2}The sale was cancelled before it began; nothing is raised and it teaches nothing\.$/m,
    );
  });

  test.each([['table'], ['yaml'], ['json']])('exits 1 when a sale is not accepted, as %s', async form => {
    const files = given({ ...shop, 'sale.yaml': `${sale}---\n${named('lost')}  entryPoints: [nowhere]\n` });
    const { code, text } = await run(files, '-o', form);
    expect(code).toBe(1);
    expect(text).toContain('Entry point nowhere is no ScalingTarget');
    expect(text).toContain('P95 of the demand of drop');
  });

  test('exits 1 when a target is not accepted', async () => {
    const hpa = (name: string) =>
      `---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: ${name} }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: gateway }, minReplicas: 2, maxReplicas: 9 }\n`;
    const targets = `${shop['targets/t.yaml']}${hpa('one')}${hpa('two')}`;
    const { code, text } = await run(given({ ...shop, 'sale.yaml': sale, 'targets/t.yaml': targets }));
    expect(code).toBe(1);
    expect(text).toMatch(/^ScalingTarget gateway is not accepted: /m);
  });
});

let folders = 0;

async function run(places: ReturnType<typeof given>, ...args: readonly string[]) {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => written.push(String(chunk)) > 0);
  try {
    const { saleFiles, targetsFolder, historyFolder } = places;
    const files = ['-f', ...saleFiles, '--targets', targetsFolder, '--history', historyFolder];
    const code = await runProgram(['node', 'headstart', 'plan', ...files, ...args]);
    return { code, text: written.join('') };
  } finally {
    spy.mockRestore();
  }
}

function given(files: Readonly<Record<string, string | undefined>>) {
  folders += 1;
  const root = mkdtempSync(path.join(folder, `${folders}-`));
  const places = {
    saleFiles: [path.join(root, 'sale.yaml')],
    targetsFolder: path.join(root, 'targets'),
    historyFolder: path.join(root, 'history'),
  };
  mkdirSync(places.targetsFolder);
  mkdirSync(places.historyFolder);
  for (const [name, text] of Object.entries(files)) {
    if (text !== undefined) writeFileSync(path.join(root, name), text);
  }
  return places;
}

/** The made-up shop's demand by the minute, from 1 June 2026, with sales from 18:00 to 20:00 UTC. */
function csv(days: number, sales: readonly { readonly day: number; readonly peak: number }[] = []): string {
  const { start, stepSeconds, values } = madeUpDemand({
    days,
    sales: sales.map(({ day, peak }) => {
      const from = Date.parse('2026-06-01T18:00:00Z') + day * 86_400_000;
      return { event: { id: `${day}`, start: from, end: from + 7_200_000, features: {} }, peak };
    }),
  });
  const rows = values.map((value, step) => `${new Date(start + step * stepSeconds * 1000).toISOString()},${value}`);
  return ['timestamp,value', ...rows].join('\n');
}
