import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { validateManifests } from '../../src/validate/validate-manifests.ts';

/** A folder of one file: the marketplace of crds/examples, each object as it is there. */
const marketplace = globSync('crds/examples/marketplace/*.yaml')
  .sort()
  .flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS() as Editable));

interface Editable {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Record<string, unknown>;
}

const quota = (hard: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'peak' },
  spec: { hard },
});
const budget = (spec: Record<string, unknown>) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'payments' },
  spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'payments' } }, ...spec },
});
const sale = (spec: Record<string, unknown>) => ({
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'FlashSale',
  metadata: { name: 'drop' },
  spec: { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T22:00:00Z', ...spec },
});

describe('validateManifests', () => {
  test('finds nothing in the example marketplace', () => {
    expect(validate(marketplace)).toEqual([]);
  });

  test.each([
    [
      'schema',
      'an unknown field',
      edit('ScalingTarget', 'search', spec => ({ ...spec, celing: 3 })),
      'ScalingTarget default/search: spec: Unrecognized key: "celing"',
    ],
    [
      'schema',
      'a ceiling below the baseline',
      edit('ScalingTarget', 'search', spec => ({ ...spec, ceiling: 5 })),
      'ScalingTarget default/search: spec.ceiling: must be at least baseline.maxReplicas 14, got 5',
    ],
    [
      'schema',
      'a field nothing acts on',
      edit('ScalingTarget', 'search', spec => ({ ...spec, uses: [{ limit: 'x', perReplica: 1 }] })),
      'ScalingTarget default/search: spec.uses is not acted on yet',
    ],
    [
      'duplicate',
      'an object in two files',
      [...marketplace, ...marketplace.filter(each => each.kind === 'ScalingTarget' && each.metadata.name === 'search')],
      'ScalingTarget default/search: is also in all.yaml',
    ],
    [
      'bounds',
      'a baseline that differs from the HPA',
      edit('HorizontalPodAutoscaler', 'search', spec => ({ ...spec, minReplicas: 5 })),
      'ScalingTarget default/search: baseline 4..14 differs from HPA search, 5..14: a restore would not give back what Git says',
    ],
    [
      'bounds',
      'replicas beside an HPA',
      edit('Deployment', 'search', spec => ({ ...spec, replicas: 4 })),
      'Deployment default/search: states replicas 4 beside HPA search: each apply would put the replicas back; leave the field out',
    ],
    [
      'bounds',
      'two HPAs',
      [...marketplace, named('HorizontalPodAutoscaler', 'search', 'search-2')],
      'HorizontalPodAutoscaler default/search-2: search and search-2 scale the same Deployment search: both stop reading metrics',
    ],
    [
      'call-graph',
      'a call to nobody',
      marketplace.filter(each => !(each.kind === 'ScalingTarget' && each.metadata.name === 'payments')),
      'ScalingTarget default/checkout: calls payments, which is no ScalingTarget of default',
    ],
    [
      'call-graph',
      'an unknown entry point',
      [...marketplace, sale({ entryPoints: ['gate'] })],
      'FlashSale default/drop: entry point gate is no ScalingTarget of default',
    ],
    [
      'call-graph',
      'an entry point behind another',
      [...marketplace, sale({ entryPoints: ['gateway', 'payments'] })],
      'FlashSale default/drop: entry point payments is already reached from gateway: its traffic would count twice',
    ],
    [
      'quota',
      'a quota too small for the peak',
      [...marketplace, quota({ pods: '100', 'requests.memory': '900Gi' })],
      'ResourceQuota default/peak: pods 100 is less than the planned peak needs: 638',
    ],
    [
      'disruption-budget',
      'a budget that blocks drains',
      [...marketplace, budget({ minAvailable: 3 })],
      'PodDisruptionBudget default/payments: wants 3 pods of at least 3: no node with one of them can be drained outside peaks',
    ],
    [
      'selector',
      'a selector that a deploy changes',
      edit('Deployment', 'search', spec => withVersionSelector(spec)),
      'Deployment default/search: selects by app.kubernetes.io/version, which changes with a deploy, and a selector cannot change',
    ],
  ])('%s: names %s, once', (rule, _title, objects, sentence) => {
    expect(validate(objects).map(finding => [finding.rule, `${finding.object}: ${finding.message}`])).toEqual([
      [rule, sentence],
    ]);
  });

  test('gives the line of the field, and goes on past a file that is no YAML', () => {
    const text =
      'apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata:\n  name: a\nspec:\n  startTime: soon\n  endTime: "2026-11-27T22:00:00Z"\n';
    const findings = validateManifests(
      new Map([
        ['a.yaml', text],
        ['b.yaml', 'a: [\n'],
      ]),
    );
    expect(findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual([
      'a.yaml:6 schema',
      'b.yaml:2 yaml',
    ]);
  });
});

function validate(objects: readonly unknown[]) {
  return validateManifests(new Map([['all.yaml', objects.map(object => stringify(object)).join('---\n')]]));
}

function edit(
  kind: string,
  name: string,
  change: (spec: Record<string, unknown>) => Record<string, unknown>,
): readonly Editable[] {
  return marketplace.map(each =>
    each.kind === kind && each.metadata.name === name ? { ...each, spec: change(each.spec) } : each,
  );
}

function named(kind: string, name: string, newName: string): Editable {
  const found = marketplace.find(each => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name} in the examples`);
  return { ...found, metadata: { name: newName } };
}

function withVersionSelector(spec: Record<string, unknown>): Record<string, unknown> {
  const labels = { 'app.kubernetes.io/name': 'search', 'app.kubernetes.io/version': '1.0.0' };
  return {
    ...spec,
    selector: { matchLabels: labels },
    template: { ...(spec.template as object), metadata: { labels } },
  };
}
