import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { previewPlan } from '../../../src/cli/plan.ts';
import { previewObservation } from '../../../src/cli/preview/preview-observation.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-preview-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sale = `apiVersion: headstart.dev/v1alpha1
kind: FlashSale
metadata: { name: constructor }
spec: { startTime: "2026-06-30T18:00:00Z", endTime: "2026-06-30T20:00:00Z", expectedPeakPercent: 800 }
`;
const bounds = 'mode: Apply, baseline: { minReplicas: 4, maxReplicas: 20 }, ceiling: 60, capacityPerReplica: "20"';
const target = (name: string) => `apiVersion: headstart.dev/v1alpha1
kind: ScalingTarget
metadata: { name: ${name} }
spec: { workloadRef: { name: ${name} }, ${bounds}, demand: { query: up }, entryPoint: ${name === 'constructor'} }
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: constructor }
spec: { strategy: { rollingUpdate: { maxSurge: 1 } } }
`;

describe('previewObservation', () => {
  test('takes nothing that an object inherits for the history of a service that is called constructor', () => {
    for (const each of ['sales', 'targets', 'history']) mkdirSync(path.join(folder, each));
    writeFileSync(path.join(folder, 'sales/sale.yaml'), sale);
    writeFileSync(
      path.join(folder, 'targets/t.yaml'),
      `${target('constructor')}---\n${target('search')}---\n${deployment}`,
    );
    for (const name of ['search', '__proto__'])
      writeFileSync(path.join(folder, `history/${name}.csv`), '2026-06-01T00:00:00Z,1\n2026-06-01T00:05:00Z,2\n');
    const preview = previewObservation({
      saleFiles: [path.join(folder, 'sales/sale.yaml')],
      targetsFolder: path.join(folder, 'targets'),
      historyFolder: path.join(folder, 'history'),
    });
    expect(preview.observation.targets.map(({ workload }) => workload)).toMatchObject([
      { maxSurge: 1 },
      { maxSurge: '25%' },
    ]);
    expect(previewPlan(preview).sales[0]?.risks[0]).toContain('there is no history in constructor.csv');
  });
});
