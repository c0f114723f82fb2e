import type { KubeObject } from './kube-object.ts';

const whole = new WeakMap<object, string>();
const asItem = new WeakMap<object, string>();

/** The JSON text of a stored object, made once: the same object goes to many readers and never changes. */
export function toJson(object: KubeObject): string {
  return cached(whole, object, () => JSON.stringify(object));
}

/** As an item of a built-in kind's list, which says apiVersion and kind once, at its head. */
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
