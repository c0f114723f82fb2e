import type { Event } from '../event.ts';

/** A feature that the event itself states; undefined for what every object inherits, such as `constructor`. */
export function featureOf({ features }: Event, name: string): number | string | undefined {
  return Object.hasOwn(features, name) ? features[name] : undefined;
}

/** The words of a feature, split at commas. */
export function wordsOf(feature: number | string | undefined): readonly string[] {
  return feature === undefined ? [] : String(feature).split(',');
}

/** Distance of two events by their features, ≥ 0: numbers by the ratio, words by the share that both have. */
export function distanceInWords(a: Event, b: Event): number {
  const names = Object.keys(a.features);
  let distance = 0;
  for (const name of names) {
    const [x, y] = [featureOf(a, name), featureOf(b, name)];
    if (x === y) continue;
    distance +=
      isNumber(x) && isNumber(y)
        ? 1.75 * Math.abs(Math.log(nearly(x) / nearly(y)))
        : 0.35 * (1 - sharedWords(wordsOf(x), wordsOf(y)));
  }
  return distance / Math.sqrt(Math.max(1, names.length / 2));
}

/** Jaccard index of two lists of words: shared ÷ all distinct words, 0–1. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter(word => b.includes(word)).length;
  return shared / Math.max(1, a.length + b.length - shared);
}

/** Whether a feature is a number that can be meant. */
export function isNumber(value: number | string | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function nearly(value: number): number {
  return Math.max(1e-9, Math.abs(value));
}
