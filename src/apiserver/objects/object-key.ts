import type { KubeObject } from './kube-object.ts';

/** The key by which an object is stored and sorted: `namespace/name`, or `/name` without a namespace. */
export function objectKey(object: KubeObject): string {
  return keyOf(object.metadata.namespace ?? '', object.metadata.name);
}

export function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
