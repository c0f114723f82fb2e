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

const scaledObject = (name: string, kind?: string) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name },
  spec: { scaleTargetRef: { ...(kind === undefined ? {} : { kind }), name } },
});
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

const application = (spec: Record<string, unknown>) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'argocd' },
  spec: { destination: { namespace: 'default' }, ...spec },
});
const untargeted = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'redis' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'redis' } },
    template: { metadata: { labels: { app: 'redis' } }, spec: { containers: [{ name: 'redis', image: 'redis:8' }] } },
  },
};

const widgetDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.shop.example' },
  spec: {
    group: 'shop.example',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
};

describe('validateManifests', () => {
  test('finds nothing in the example marketplace', () => {
    expect(validate(marketplace)).toEqual([]);
  });

  test.each([
    [
      'schema',
      'an unknown field',
      edit('ScalingTarget', 'search', spec => ({ ...spec, celing: 3 })),
      'ScalingTarget default/search: spec.celing: is not a field; did you mean ceiling?',
    ],
    [
      'schema',
      'a ceiling below the baseline',
      edit('ScalingTarget', 'search', spec => ({ ...spec, ceiling: 5 })),
      'ScalingTarget default/search: spec.ceiling: must be at least baseline.maxReplicas 14, got 5',
    ],
    [
      'schema',
      'a query of an objective that its values are not compared with',
      edit('ScalingTarget', 'search', spec => ({ ...spec, objective: { query: 'up' } })),
      'ScalingTarget default/search: spec.objective: query needs p95Milliseconds, which its values are compared with',
    ],
    [
      'schema',
      'an unknown field of a built-in kind',
      edit('HorizontalPodAutoscaler', 'search', spec => ({ ...spec, minReplica: 3 })),
      'HorizontalPodAutoscaler default/search: spec.minReplica: is not a field of autoscaling/v2 HorizontalPodAutoscaler',
    ],
    [
      'schema',
      'a built-in field of another type',
      [...marketplace, budget({ maxUnavailable: [1] })],
      'PodDisruptionBudget default/payments: spec.maxUnavailable: must be integer or string, got array',
    ],
    [
      'schema',
      'a missing field of a built-in kind',
      [
        ...marketplace,
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ name: 'http' }] } },
      ],
      'Service default/s: spec.ports[0].port: is missing',
    ],
    [
      'schema',
      'a version that Kubernetes serves no more',
      [...marketplace, { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'old' } }],
      'PodDisruptionBudget default/old: policy/v1beta1 PodDisruptionBudget is not served by Kubernetes 1.36; policy/v1 is',
    ],
    [
      'schema',
      'an unknown field of a kind whose definition is in the folder',
      [
        ...marketplace,
        widgetDefinition,
        { apiVersion: 'shop.example/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { siz: 1 } },
      ],
      'Widget default/w: spec.siz: is not a field of shop.example/v1 Widget',
    ],
    [
      'call-graph',
      'a call in a version that is not offered',
      annotate(annotate(marketplace, 'payments', { offers: 'http/v1 http/v2' }), 'checkout', {
        calls: 'payments=http/v3',
      }),
      'ScalingTarget default/checkout: calls payments over http/v3, which it does not offer; it offers http/v1, http/v2',
    ],
    [
      'call-graph',
      'a protocol of a call that is none',
      annotate(marketplace, 'checkout', { calls: 'search=http/v1' }),
      'ScalingTarget default/checkout: states how it calls search, which is not among spec.calls',
    ],
    [
      'duplicate',
      'an object in two files',
      [...marketplace, ...marketplace.filter(each => each.kind === 'ScalingTarget' && each.metadata.name === 'search')],
      'ScalingTarget default/search: is also in all.yaml',
    ],
    [
      'bounds',
      'a target whose workload a ScaledObject scales between other bounds',
      [
        ...marketplace.filter(({ kind, metadata }) => kind !== 'HorizontalPodAutoscaler' || metadata.name !== 'search'),
        scaledObject('search'),
      ],
      'ScalingTarget default/search: baseline 4..14 differs from ScaledObject search, 0..100: a restore would write other bounds than those in Git',
    ],
    [
      'bounds',
      'a ScaledObject beside an HPA, for a kind that no target names',
      [...marketplace, scaledObject('search', 'Rollout')],
      'ScaledObject default/search: KEDA creates an HPA of its own for search, in addition to HPA search',
    ],
    [
      'bounds',
      'a baseline that differs from the HPA',
      edit('HorizontalPodAutoscaler', 'search', spec => ({ ...spec, minReplicas: 5 })),
      'ScalingTarget default/search: baseline 4..14 differs from HPA search, 5..14: a restore would write other bounds than those in Git',
    ],
    [
      'bounds',
      'an HPA of no workload',
      edit('HorizontalPodAutoscaler', 'search', spec => ({
        ...spec,
        scaleTargetRef: { kind: 'Deployment', name: 'serch' },
      })),
      'HorizontalPodAutoscaler default/search: Deployment serch is not in this folder; did you mean search?',
    ],
    [
      'bounds',
      'an HPA whose workload is of another group',
      edit('HorizontalPodAutoscaler', 'search', spec => ({
        ...spec,
        scaleTargetRef: { kind: 'Deployment', name: 'search' },
      })),
      'HorizontalPodAutoscaler default/search: finds no Deployment search with no apiVersion; write apiVersion: apps/v1',
    ],
    [
      'bounds',
      'an HPA whose workload is of another kind',
      edit('HorizontalPodAutoscaler', 'search', spec => ({
        ...spec,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'search' },
      })),
      'HorizontalPodAutoscaler default/search: StatefulSet search is not in this folder; did you mean Deployment search?',
    ],
    [
      'bounds',
      'an HPA whose workload may be elsewhere',
      [
        ...marketplace,
        {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: 'pay' },
          spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'paymentz' }, maxReplicas: 3 },
        },
      ],
      'HorizontalPodAutoscaler default/pay: Deployment paymentz is not in this folder',
    ],
    [
      'bounds',
      'replicas beside an HPA',
      edit('Deployment', 'search', spec => ({ ...spec, replicas: 4 })),
      'Deployment default/search: sets replicas 4 although HPA search scales it: each apply would reset the replicas; leave the field out',
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
      'ScalingTarget default/checkout: calls payments, which is not a ScalingTarget in default',
    ],
    [
      'call-graph',
      'an unknown entry point',
      [...marketplace, sale({ entryPoints: ['gate'] })],
      'FlashSale default/drop: entry point gate is not a ScalingTarget in default',
    ],
    [
      'call-graph',
      'a misspelt entry point',
      [...marketplace, sale({ entryPoints: ['gatway'] })],
      'FlashSale default/drop: entry point gatway is not a ScalingTarget in default; did you mean gateway?',
    ],
    [
      'call-graph',
      'a sale that enters nowhere',
      [...edit('ScalingTarget', 'gateway', spec => ({ ...spec, entryPoint: false })), sale({})],
      'FlashSale default/drop: names no entryPoints and no ScalingTarget in default is marked entryPoint: say where its traffic enters',
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
      'quota',
      'a quota too small for what has no target, under another name of its resource',
      [...marketplace, quota({ 'count/pods': '640' }), untargeted],
      'ResourceQuota default/peak: count/pods 640 is less than the planned peak needs: 641',
    ],
    [
      'bounds',
      'an Application that would undo a raised floor',
      [...marketplace, application({ ignoreDifferences: [] })],
      'Application argocd/shop: does not ignore /spec/minReplicas and /spec/maxReplicas of HPAs: without a floor guard, each sync would undo a raised floor',
    ],
    [
      'bounds',
      'an Application that ignores the bounds in its diff only',
      [
        ...marketplace,
        application({
          ignoreDifferences: [
            {
              group: 'autoscaling',
              kind: 'HorizontalPodAutoscaler',
              jsonPointers: ['/spec/minReplicas', '/spec/maxReplicas'],
            },
          ],
        }),
      ],
      'Application argocd/shop: ignores the bounds of HPAs only in its diff: add the sync option RespectIgnoreDifferences=true, or a sync writes them',
    ],
    [
      'disruption-budget',
      'a budget whose share is all of them',
      [...marketplace, budget({ minAvailable: '90%' })],
      'PodDisruptionBudget default/payments: needs 90% available pods of at least 3: a node with one of them cannot be drained outside peaks',
    ],
    [
      'disruption-budget',
      'a budget that blocks drains',
      [...marketplace, budget({ minAvailable: 3 })],
      'PodDisruptionBudget default/payments: needs 3 available pods of at least 3: a node with one of them cannot be drained outside peaks',
    ],
    [
      'selector',
      'a selector that a deploy changes',
      edit('Deployment', 'search', spec => withVersionSelector(spec)),
      'Deployment default/search: selects by app.kubernetes.io/version, which changes with each deploy, but a selector cannot change',
    ],
  ])('%s: names %s, once', (rule, _title, objects, sentence) => {
    expect(validate(objects).map(finding => [finding.code, `${finding.object}: ${finding.message}`])).toEqual([
      [rule, sentence],
    ]);
  });

  test('names all that is wrong with one object', () => {
    const wrong = edit('ScalingTarget', 'search', spec => ({ ...spec, celing: 3, tier: 'Vital', paused: 'Yes' }));
    expect(validate(wrong).map(finding => finding.message)).toEqual([
      'spec.tier: must be one of Critical, Standard, Background, got "Vital"',
      'spec.celing: is not a field; did you mean ceiling?',
      'spec.paused: must be one of None, Up, Down, Both, got true (YAML reads Yes as true)',
    ]);
  });

  test.each([
    ['a key that stands twice', 'a: 1\n'.repeat(2), ['2 error key "a" stands twice: remove one of them']],
    ['text that is not UTF-8', 'kind: a\nname: \uFFFD\n', ['2 error is not UTF-8 text']],
    ['a thousandfold alias', bomb(), ['1 error contains too many aliases of aliases']],
    ['no object at all', 'image: {}\n', ['1 warning is not a Kubernetes object: apiVersion and kind are missing']],
    [
      'an object without a name',
      'apiVersion: v1\nkind: Pod\n',
      ['1 error is not a complete Kubernetes object: metadata is missing'],
    ],
    [
      'a name that is a number',
      'apiVersion: v1\nkind: Pod\nmetadata: { name: 1 }\n',
      ['1 error is not a complete Kubernetes object: metadata.name must be text, got 1: write it in quotes'],
    ],
    [
      'a label that YAML 1.1 makes a boolean',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { on: "1", enabled: yes }\n',
      ['4 error data.enabled: must be string, got boolean'],
    ],
    [
      'one of several documents',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\n---\napiVersion: v1\nkind: Confgmap\nmetadata: { name: a }\n',
      ['6 error v1 Confgmap is not served by Kubernetes 1.36; Confgmap is not one of its kinds'],
    ],
    [
      'an item of a List',
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: a }\n    dta: {}\n',
      ['7 error dta: is not a field of v1 ConfigMap'],
    ],
    [
      'nothing of a kustomization and of empty text',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n---\n',
      [],
    ],
    [
      'an item of a typed list, with and without its kind',
      'apiVersion: v1\nkind: ConfigMapList\nitems:\n  - metadata: { name: a }\n    dta: {}\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: b } }\n',
      ['5 error dta: is not a field of v1 ConfigMap'],
    ],
    [
      'nothing of lists of roles and of nothing',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\nitems: [{ metadata: { name: a }, rules: [] }]\n---\napiVersion: v1\nkind: PodList\n',
      [],
    ],
    [
      'nothing of names that the API server completes, twice',
      'apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: a- }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a:1 }] } } }\n'
        .concat('---\n')
        .repeat(2),
      [],
    ],
    ['nothing of quantities written as numbers', podOf('cpu: 0.5, memory: 1e9'), []],
    [
      'a quantity that is none',
      podOf('cpu: half'),
      ['4 error spec.containers[0].resources.requests.cpu: must be quantity, got half'],
    ],
    [
      'a kind of ours that is nearly spelt, with what else is wrong',
      `apiVersion: headstart.dev/v1alpha1\nkind: Flashsale\nmetadata: { name: a }\nspec:\n  startTime: 2026-11-27T20:00:00Z\n  endTime: 2026-11-27T19:00:00Z\n`,
      [
        '2 error Flashsale is not a kind of headstart.dev; did you mean FlashSale?',
        '6 error spec.endTime: must be after startTime 2026-11-27T20:00:00Z, got 2026-11-27T19:00:00Z',
      ],
    ],
  ])('tells, with its line, %s', (_title, text, told) => {
    const { findings } = validateManifests(new Map([['a.yaml', text]]));
    const lines = findings.map(({ line, severity, message }) => `${line} ${severity} ${message}`);
    expect(lines.filter(line => !line.includes('not a Kubernetes object') || told.includes(line))).toEqual(told);
  });

  test('says which kinds nothing describes, and looks into them where their definition is given', () => {
    const widget = 'apiVersion: shop.example/v1\nkind: Widget\nmetadata: { name: w }\nspec: { siz: 1 }\n';
    const files = new Map([['w.yaml', widget]]);
    expect(validateManifests(files)).toMatchObject({
      findings: [],
      unchecked: [{ kind: 'shop.example/v1 Widget', objects: 1 }],
    });
    const definitions = new Map([['crd.yaml', stringify(widgetDefinition)]]);
    const { findings, unchecked } = validateManifests(files, { definitions });
    expect([findings.map(({ line, message }) => `${line} ${message}`), unchecked]).toEqual([
      ['4 spec.siz: is not a field of shop.example/v1 Widget'],
      [],
    ]);
  });

  test('refuses a selector that differs from the folder as it was applied last', () => {
    const text = (selector: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  selector: { matchLabels: { app: ${selector} } }\n  template: { metadata: { labels: { app: ${selector} } }, spec: { containers: [{ name: a, image: a:1 }] } }\n`;
    const before = new Map([['old/a.yaml', text('a')]]);
    expect(validateManifests(new Map([['a.yaml', text('a')]]), { before }).findings).toEqual([]);
    expect(validateManifests(new Map([['a.yaml', text('b')]]), { before }).findings).toMatchObject([
      {
        code: 'immutable',
        line: 5,
        message: 'spec.selector differs from old/a.yaml but cannot change: the API server would refuse the update',
      },
    ]);
  });

  test('reads ten thousand objects in seconds of CPU', () => {
    const files = Array.from({ length: 10_000 }, (_, index): [string, string] => [
      `${index}.yaml`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${index} }\ndata: { a: "1" }\n`,
    ]);
    const before = process.cpuUsage();
    expect(validateManifests(new Map(files))).toMatchObject({ objects: 10_000, findings: [] });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(30_000);
  });

  test('gives the line of the field, and goes on past a file that is not YAML', () => {
    const text =
      'apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata:\n  name: a\nspec:\n  startTime: soon\n  endTime: "2026-11-27T22:00:00Z"\n';
    const { findings } = validateManifests(
      new Map([
        ['a.yaml', text],
        ['b.yaml', 'a: [\n'],
      ]),
    );
    expect(findings.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'a.yaml:6 schema',
      'b.yaml:2 yaml',
    ]);
  });
});

function validate(objects: readonly unknown[]) {
  return validateManifests(new Map([['all.yaml', objects.map(object => stringify(object)).join('---\n')]])).findings;
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

function annotate(
  objects: readonly Editable[],
  target: string,
  said: { readonly offers?: string; readonly calls?: string },
): readonly Editable[] {
  const annotations = Object.fromEntries(Object.entries(said).map(([key, value]) => [`headstart.dev/${key}`, value]));
  return objects.map(each =>
    each.kind === 'ScalingTarget' && each.metadata.name === target
      ? { ...each, metadata: { ...each.metadata, annotations } }
      : each,
  );
}

function podOf(requests: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a:1, resources: { requests: { ${requests} } } }] }\n`;
}

/** An alias of an alias of an alias: nine levels of ten. */
function bomb(): string {
  const levels = Array.from(
    { length: 8 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`)}]`,
  );
  return `l0: &l0 [x]\n${levels.join('\n')}\n`;
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
