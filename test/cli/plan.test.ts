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
    expect(text).toMatch(/^ {2}raised at +2026-06-30 19:58, 1 min \d+ s before the start$/m);
    expect(text).toMatch(/^ {2}gateway +4 +\d+ +\d+\.\.\d+ +\d.*\/s +\d.*\/s +2\d:\d\d/m);
    expect(text).toMatch(/^ {2}checkout\n {4}P95 of the demand of drop/m);
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

/** The made-up shop's demand by the minute, from 1 June 2026. */
function csv(days: number): string {
  const { start, stepSeconds, values } = madeUpDemand({ days });
  const rows = values.map((value, step) => `${new Date(start + step * stepSeconds * 1000).toISOString()},${value}`);
  return ['timestamp,value', ...rows].join('\n');
}
