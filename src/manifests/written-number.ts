import { formatPath } from '../api/faults/describe-issue.ts';
import type { FieldFault } from '../api/faults/parse-error.ts';
import type { FieldPath, ManifestObject } from './manifest-object.ts';

/**
 * Finds numbers that YAML reads differently from what the author meant: 90.000 is ninety, 0100 is sixty-four. No field
 * of Headstart takes fractions, so a point before three digits is always a thousands separator.
 */
export function misreadNumbers(object: ManifestObject): readonly FieldFault[] {
  return numbersIn(object.value.spec, ['spec']).flatMap(({ path, value }) => {
    const word = object.wordAt(path);
    const meant = word === undefined ? undefined : meantNumber(word);
    if (meant === undefined || meant === value) return [];
    return [{ field: formatPath(path), path, message: `${word} is ${value} in YAML; write ${meant}` }];
  });
}

function meantNumber(word: string): number | undefined {
  if (/^[-+]?\d{1,3}(\.\d{3})+$/.test(word)) return Number(word.replaceAll('.', ''));
  return /^[-+]?0[0-7_]*[0-7]$/.test(word) ? Number(word.replaceAll('_', '')) : undefined;
}

function numbersIn(value: unknown, path: FieldPath): readonly { readonly path: FieldPath; readonly value: number }[] {
  if (typeof value === 'number') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => numbersIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => numbersIn(item, [...path, key]));
}
