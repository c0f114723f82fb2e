import { floorAnnotation, type floorMaxAnnotation, fromAnnotation } from './group.ts';

/**
 * Parses the replicas of a Headstart annotation, 1–999,999. Undefined when it is absent or not such a whole number in
 * decimal digits: Headstart did not write it, so it is ignored.
 */
export function readFloor(
  annotations: Readonly<Record<string, string>> | undefined,
  name: typeof floorAnnotation | typeof floorMaxAnnotation = floorAnnotation,
): number | undefined {
  const text = annotations?.[name];
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

/** Parses the bounds before a raise, written as `4..20`. Undefined when absent, crossed or not of that form. */
export function readFrom(
  annotations: Readonly<Record<string, string>> | undefined,
): { readonly minReplicas: number; readonly maxReplicas: number } | undefined {
  const [, min, max] = /^(\d{1,6})\.\.(\d{1,6})$/.exec(annotations?.[fromAnnotation] ?? '') ?? [];
  const bounds = { minReplicas: Number(min), maxReplicas: Number(max) };
  return bounds.minReplicas <= bounds.maxReplicas && bounds.maxReplicas > 0 ? bounds : undefined;
}
