import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const files = synthesizeOwnFacts();
const read = (file: string) => parse(files.get(file) ?? '');
const { rules } = read('cluster/clusterrole.headstart-gitops.yaml');

/** The plural of a kind in a rule. */
function resourceOf(kind: string): string {
  const word = kind.toLowerCase();
  if (/(s|x|ch)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

describe.each(readOwnFacts().environments.map(({ name, namespace }) => [name, namespace]))(
  'Flux in %s',
  (name, namespace) => {
    const { spec } = read(`delivery/flux/kustomization.marketplace-${name}.yaml`);

    test('runs under an account that exists and that the GitOps role of the namespace is bound to', () => {
      const account = { kind: 'ServiceAccount', name: spec.serviceAccountName, namespace: 'flux-system' };
      expect(read(`delivery/flux/serviceaccount.${spec.serviceAccountName}.yaml`).metadata.namespace).toBe(
        'flux-system',
      );
      const { subjects, roleRef, metadata } = read(`namespaces/${name}/rolebinding.headstart-gitops.yaml`);
      expect(subjects).toContainEqual(account);
      expect([roleRef.name, metadata.namespace]).toEqual(['headstart-gitops', namespace]);
    });

    test('may write every object of its folder with that role, and no namespace, quota or right', () => {
      const written = [...files].filter(([file]) => file.startsWith(`${name}/`)).map(([, text]) => parse(text));
      const refused = written
        .filter(({ apiVersion, kind, metadata }) => {
          const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
          const isAllowed = rules.some(
            (rule: { apiGroups: string[]; resources: string[]; verbs: string[] }) =>
              rule.apiGroups.includes(group) &&
              rule.resources.includes(resourceOf(kind)) &&
              ['create', 'patch', 'delete'].every(verb => rule.verbs.includes(verb)),
          );
          return !isAllowed || metadata.namespace !== namespace;
        })
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
      expect(refused).toEqual([]);
      expect(written.length).toBeGreaterThan(50);
    });

    test('comes after its namespace and its rights', () => {
      expect(spec.dependsOn).toEqual([{ name: 'marketplace-namespaces' }]);
    });
  },
);

test('the sales are applied under that account as well, the rest of the cluster is not', () => {
  const accountOf = (part: string) =>
    read(`delivery/flux/kustomization.marketplace-${part}.yaml`).spec.serviceAccountName;
  expect(accountOf('sales')).toBe('marketplace-gitops');
  expect(['cluster', 'namespaces', 'operator'].map(accountOf)).toEqual([undefined, undefined, undefined]);
});
