import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FieldFault } from '../../api/faults/parse-error.ts';
import {
  describeManifest,
  isObject,
  type ManifestObject,
  parseManifestObjects,
} from '../../manifests/manifest-object.ts';
import type { OurKind } from '../../manifests/our-kind.ts';
import { parseOurObject } from '../../manifests/parse-our-object.ts';
import { listFiles } from './list-files.ts';
import { readUnicode } from './table/read-text.ts';

/** The place that means the text on standard input, as in kubectl; it can be read once. */
export const standardInput = '-';

/**
 * Reads the texts of a file, or of a folder with its subfolders, by path: all YAML, and JSON only when it holds a
 * Kubernetes object. `-` is the text on standard input.
 *
 * @throws Error when the place does not exist
 */
export function readManifestFiles(place: string): ReadonlyMap<string, string> {
  if (place === standardInput) return new Map([['standard input', readFileSync(0, 'utf8')]]);
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
  const texts = listFiles(place, ['.yaml', '.yml', '.json']).map((file): [string, string] => [
    path.normalize(file),
    readUnicode(readFileSync(file)),
  ]);
  return new Map(texts.filter(([file, text]) => !isFolder || !file.endsWith('.json') || hasObject(text)));
}

/**
 * Parses the objects of files and folders, by path.
 *
 * @throws Error naming file, line and column of everything that is not YAML or not an object, or when a place has none
 */
export function readManifests(places: readonly string[]): readonly ManifestObject[] {
  const parsed = places.flatMap(place => {
    const files = readManifestFiles(place);
    if (files.size === 0) throw new Error(`${place} has no .yaml file`);
    return [...files].flatMap(([file, text]) => parseManifestObjects(file, text));
  });
  const told = parsed.flatMap(each =>
    isObject(each) || each.severity === 'warning' ? [] : [`${each.file}:${each.line}:${each.column}: ${each.message}`],
  );
  if (told.length > 0) throw new Error(told.join('\n'));
  return parsed.filter(isObject);
}

/** Lists the faults of the objects of the given kinds, and of those with a misspelt kind; one line per fault. */
export function ourFaults(manifests: readonly ManifestObject[], kinds: readonly OurKind[]): readonly string[] {
  return manifests.flatMap(manifest => {
    const ours = parseOurObject(manifest);
    if (ours === undefined || !(ours.kind === undefined || kinds.includes(ours.kind))) return [];
    return formatFaults(manifest, ours.faults);
  });
}

/** Formats one line per fault, with file, line and column, in the order of the text. */
export function formatFaults(manifest: ManifestObject, faults: readonly FieldFault[]): readonly string[] {
  const placed = faults.map(fault => ({
    ...fault,
    ...manifest.placeOf(fault.path, fault.isKey === true ? 'key' : undefined),
  }));
  placed.sort((a, b) => a.line - b.line || a.column - b.column);
  return placed.map(({ field, message, line, column }) => {
    const sentence = field === '' ? message : `${field}: ${message}`;
    return `${manifest.file}:${line}:${column}: ${describeManifest(manifest)}: ${sentence}`;
  });
}

function hasObject(text: string): boolean {
  return /"apiVersion"\s*:\s*"/.test(text);
}
