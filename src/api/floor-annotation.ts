import { floorAnnotation, type floorMaxAnnotation } from './group.ts';

/**
 * Replicas from one of our annotations, 1–999,999; undefined when it is absent or is not such a whole number in decimal
 * digits: we never wrote it, so it does not count.
 */
export function readFloor(
  annotations: Readonly<Record<string, string>> | undefined,
  name: typeof floorAnnotation | typeof floorMaxAnnotation = floorAnnotation,
): number | undefined {
  const text = annotations?.[name];
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}
