import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { previewPlan } from '../../src/cli/plan.ts';
import { formatPlan } from '../../src/cli/preview/format-plan.ts';
import { previewObservation } from '../../src/cli/preview/preview-observation.ts';
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
    expect(text).toMatch(/^ {2}raised at +2026-06-30 19:58, 1 min \d+ s before the start$/m);
    expect(text).toMatch(/^ {2}gateway +4 +\d+ +\d+\.\.\d+ +\d.*\/s +\d.*\/s +2\d:\d\d/m);
    expect(text).toMatch(/^ {2}checkout\n {4}P95 of the demand of drop/m);
  });

  test.each([
    [undefined, /you stated no peak; two past sales did 4\.\d× and 6\.\d×; planned for 5\.\d×/, [5, 6]],
    [200, /you said 2×; two past sales did 4\.\d× and 6\.\d×; planned for 3(\.\d)?×/, [2, 5]],
    [600, /you said 6×; two past sales did 4\.\d× and 6\.\d×; planned for 5\.\d×/, [5, 6]],
    [900, /you said 9×; two past sales did 4\.\d× and 6\.\d×; planned for 7\.\d×/, [6, 9]],
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
      /sale\.yaml:6: FlashSale drop: spec\.endTime: must be after startTime/,
    ],
    [
      'an offset',
      { 'sale.yaml': sale.replaceAll('+02:00', '+01:00') },
      /sale\.yaml:5: FlashSale drop: spec\.startTime: must have the offset of timeZone Europe\/Berlin, \+02:00/,
    ],
    ['an unknown field', { 'sale.yaml': `${sale}  colour: red\n` }, /sale\.yaml:\d+: FlashSale drop: .*colour/],
    ['broken YAML', { 'sale.yaml': 'kind: FlashSale\nspec: [\n' }, /sale\.yaml:\d+: /],
    ['a file without a sale', { 'sale.yaml': 'kind: ConfigMap\n' }, /sale\.yaml has no FlashSale/],
    [
      'a nested field of a target',
      { 'targets/t.yaml': target('gateway', '  calls:\n    - target: a\n      perThousandRequests: -1\n') },
      /t\.yaml:13: ScalingTarget gateway: spec\.calls\[0\]\.perThousandRequests/,
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

let folders = 0;

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
