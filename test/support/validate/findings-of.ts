import type { Code } from '../../../src/validate/codes.ts';
import { validateManifests } from '../../../src/validate/validate-manifests.ts';

/** Validates documents of one file and returns the findings of a code: `error Deployment default/a: …`. */
export function findingsOf(code: Code, ...documents: readonly string[]): readonly string[] {
  return findingsIn(code, { 'a.yaml': documents.join('---\n') });
}

/** Validates files by path and returns the findings of a code. */
export function findingsIn(code: Code, files: Readonly<Record<string, string>>): readonly string[] {
  return validateManifests(new Map(Object.entries(files)))
    .findings.filter(finding => finding.code === code)
    .map(({ severity, object, message }) => `${severity} ${object}: ${message}`);
}

/** Writes a Deployment `shop` in YAML: the container's fields beside its name and image, and the pod's beside it. */
export function deployment(container = '', pod = '', { name = 'shop', namespace = 'shop' } = {}): string {
  const fields = container === '' ? '' : `, ${container}`;
  const others = pod === '' ? '' : `, ${pod}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: "web:1.2"${fields} }]${others} }
`;
}

/** Writes an object in YAML, its fields beside apiVersion and kind as flow text. */
export function object(apiVersion: string, kind: string, name: string, fields = ''): string {
  const namespace = ['PriorityClass', 'ClusterRole', 'ClusterRoleBinding', 'Namespace'].includes(kind)
    ? ''
    : ', namespace: shop';
  return `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}${namespace} }${fields === '' ? '' : `, ${fields}`} }\n`;
}
