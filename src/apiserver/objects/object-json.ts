import type { KubeObject } from './kube-object.ts';

const whole = new WeakMap<object, string>();
const asItem = new WeakMap<object, string>();

/** The JSON text of a stored object, computed once: stored objects never change, and many readers get the same one. */
export function toJson(object: KubeObject): string {
  return cached(whole, object, () => JSON.stringify(object));
}

/** The JSON text as an item of a built-in kind's list, without apiVersion and kind, which the list states once. */
export function toItemJson(object: KubeObject): string {
  return cached(asItem, object, () => JSON.stringify({ ...object, apiVersion: undefined, kind: undefined }));
}

function cached(texts: WeakMap<object, string>, object: KubeObject, make: () => string): string {
  const known = texts.get(object);
  if (known !== undefined) return known;
  const text = make();
  texts.set(object, text);
  return text;
}
