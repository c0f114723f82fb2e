import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const files = synthesizeOwnFacts();
const applications = objectsIn('delivery/argo-cd/application.');
const kustomizations = objectsIn('delivery/flux/kustomization.');
const written = [...files.keys()].map(file => `manifests/${file}`);

describe.each([
  ['argo-cd', applications.map(({ spec }) => spec.source)],
  ['flux', kustomizations.map(({ spec }) => ({ ...spec, path: spec.path.replace(/^\.\//, '') }))],
])('%s', (tool, sources) => {
  const operatorFiles = ['manifests/crds.yaml', 'manifests/install.yaml'];

  test('delivers every file that is synthesized, but the delivery of the other tool', () => {
    const delivered = (file: string) =>
      sources.some(({ path }) => (path === 'manifests' ? operatorFiles.includes(file) : file.startsWith(`${path}/`)));
    const left = written.filter(file => !delivered(file));
    expect(left.filter(file => !file.startsWith('manifests/delivery/'))).toEqual([]);
    expect(left).toContain('manifests/delivery/argocd-cm-patch/configmap.argocd-cm.yaml');
    expect(left.every(file => !file.startsWith(`manifests/delivery/${tool}/`))).toBe(true);
  });

  test('delivers the sales, by itself, so that a commit raises a floor', () => {
    expect(sources.map(({ path }) => path)).toContain('sales');
  });
});

test('Argo CD may apply every cluster-scoped object and namespace that a part has', () => {
  const { destinations, clusterResourceWhitelist } = parse(
    files.get('delivery/argo-cd/appproject.marketplace-platform.yaml') ?? '',
  ).spec;
  const allowed = new Set(
    clusterResourceWhitelist.map((each: { group: string; kind: string }) => `${each.group}/${each.kind}`),
  );
  const namespaces = new Set(destinations.map(({ namespace }: { namespace: string }) => namespace));
  for (const [file, text] of files) {
    if (!/^(cluster|namespaces|nodes|monitoring|credentials)\//.test(file)) continue;
    const { apiVersion, kind, metadata } = parse(text);
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    if (metadata.namespace === undefined) expect([...allowed], file).toContain(`${group}/${kind}`);
    else expect([...namespaces], file).toContain(metadata.namespace);
  }
});

test('the sales sync by themselves in every stage, and the CRDs are never pruned', () => {
  const policyOf = (name: string) =>
    applications.find(({ metadata }) => metadata.name === `marketplace-${name}`)?.spec.syncPolicy.automated;
  expect(policyOf('sales')).toEqual({ prune: true, selfHeal: true });
  expect(policyOf('operator')).toEqual({ prune: false, selfHeal: true });
});

test('Flux takes of the root folder the operator alone', () => {
  expect(parse(files.get('delivery/flux/gitrepository.marketplace-operator.yaml') ?? '').spec.ignore).toBe(
    '/*\n!/manifests/\n/manifests/*\n!/manifests/crds.yaml\n!/manifests/install.yaml',
  );
});

test('no Kustomization waits for one that is not there, or for itself', () => {
  const names = kustomizations.map(({ metadata }) => metadata.name);
  const waits = kustomizations.flatMap(({ metadata, spec }) =>
    (spec.dependsOn ?? []).map(({ name }: { name: string }) => [metadata.name, name]),
  );
  expect(waits.length).toBeGreaterThan(3);
  expect(waits.filter(([from, to]) => from === to || !names.includes(to ?? ''))).toEqual([]);
});

interface Delivered {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly path: string;
    readonly source: { readonly path: string };
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly syncPolicy: { readonly automated?: { readonly prune: boolean; readonly selfHeal: boolean } };
  };
}

function objectsIn(prefix: string): readonly Delivered[] {
  return [...files].filter(([file]) => file.startsWith(prefix)).map(([, text]) => parse(text) as Delivered);
}
