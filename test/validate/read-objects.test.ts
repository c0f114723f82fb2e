import { expect, test } from 'vitest';
import { readObjects } from '../../src/validate/read-objects.ts';
import { validateManifests } from '../../src/validate/validate-manifests.ts';
import { deployment } from '../support/validate/findings-of.ts';

const replicas = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n';
const kustomization = (fields: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${fields}\n`;

test.each([
  ['patches: [{ path: more.yaml }]'],
  ['patchesStrategicMerge: [./more.yaml]'],
  ['patches: [{ path: ../overlay/more.yaml, target: { kind: Deployment } }]'],
])('leaves out what kustomize merges elsewhere: %s', fields => {
  const files = new Map([
    ['overlay/kustomization.yaml', kustomization(fields)],
    ['overlay/more.yaml', replicas],
    ['more.yaml', replicas],
  ]);
  expect(readObjects(files).objects.map(({ file }) => file)).toEqual(['more.yaml']);
});

test('knows the ConfigMaps that kustomize makes', () => {
  const files = new Map([
    ['kustomization.yaml', kustomization('configMapGenerator: [{ name: settings, literals: [A=1] }]')],
    ['web.yaml', deployment('envFrom: [{ configMapRef: { name: settings } }]')],
  ]);
  expect(validateManifests(files).findings.map(({ message }) => message)).toEqual([]);
});

test.each([
  ['chart/templates/web.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}" }\n', 3],
  ['web.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ name }}\n', 4],
  ['web.yaml', '{{- if .Values.on }}\napiVersion: v1\n{{- end }}\n', 1],
])('warns of a template, %s, and looks no further', (file, text, line) => {
  const files = new Map([
    ['chart/Chart.yaml', 'name: shop\nversion: 1.0.0\n'],
    [file, text],
  ]);
  const { findings } = validateManifests(files);
  expect(findings.filter(finding => finding.file === file)).toEqual([
    {
      code: 'yaml',
      severity: 'warning',
      object: '',
      file,
      line,
      column: 1,
      message: 'is a template, which is not looked into: check what it renders',
    },
  ]);
});

test('looks into a manifest whose text has braces of its own', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  rule: "{{ $labels.pod }}"\n  dta: 1\n';
  expect(readObjects(new Map([['a.yaml', text]])).objects).toHaveLength(1);
});
