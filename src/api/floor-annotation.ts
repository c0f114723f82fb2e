import { floorAnnotation, type floorMaxAnnotation } from './group.ts';

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
