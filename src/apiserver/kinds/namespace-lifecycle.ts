import type { JsonObject } from '../../schema/json.ts';
import { objectIn, textsIn } from '../objects/json-access.ts';
import type { ObjectStore } from '../store/object-store.ts';

const builtInNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * Creates the namespaces that every cluster has. When a namespace is deleted, deletes its objects first and then the
 * namespace. @returns a function that stops this
 */
export function keepNamespaces(store: ObjectStore): () => void {
  const namespaces = store.collection('namespaces');
  for (const name of builtInNamespaces) {
    if (namespaces.get('', name) !== undefined) continue;
    const labels = { 'kubernetes.io/metadata.name': name };
    const spec = { finalizers: ['kubernetes'] };
    const status = { phase: 'Active' };
    namespaces.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels }, spec, status });
  }
  return store.subscribe(({ type, object, previous }, { group, kind, namespaced }) => {
    const isNamespace = group === '' && kind === 'Namespace';
    const isTerminating = isNamespace && type === 'MODIFIED' && object.metadata.deletionTimestamp !== undefined;
    if (isTerminating && previous?.metadata.deletionTimestamp === undefined) empty(store, object.metadata.name);
    if (isTerminating || (namespaced && type === 'DELETED')) {
      release(store, isNamespace ? object.metadata.name : (object.metadata.namespace ?? ''));
    }
  });
}

function empty(store: ObjectStore, namespace: string): void {
  for (const collection of store.collections()) {
    if (!collection.definition.namespaced) continue;
    for (const { metadata } of collection.list(namespace)) collection.delete(namespace, metadata.name);
  }
}

/** Removes the finalizer of a namespace that is being deleted and is empty. */
function release(store: ObjectStore, name: string): void {
  const namespaces = store.collection('namespaces');
  const namespace = namespaces.get('', name);
  if (namespace?.metadata.deletionTimestamp === undefined) return;
  const spec = objectIn(namespace as unknown as JsonObject, 'spec');
  const isHeld = textsIn(spec, 'finalizers').includes('kubernetes');
  const isEmpty = store.collections().every(held => !held.definition.namespaced || held.list(name).length === 0);
  if (!isHeld || !isEmpty) return;
  const finalizers = textsIn(spec, 'finalizers').filter(finalizer => finalizer !== 'kubernetes');
  namespaces.replace({ ...namespace, spec: { ...spec, finalizers } });
}
