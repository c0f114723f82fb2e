import { isObject, type ManifestObject, parseManifestObjects } from '../manifests/manifest-object.ts';
import type { Finding } from './finding.ts';

/** Files by path, as text. */
export type ManifestFiles = ReadonlyMap<string, string>;

/** The objects of a folder, and the texts in it that are not objects. */
export interface ReadObjects {
  readonly objects: readonly ManifestObject[];
  readonly unreadable: readonly Finding[];
}

/** Reads all objects of all files, in the order of the files. */
export function readObjects(files: ManifestFiles): ReadObjects {
  const parsed = [...files].flatMap(([file, text]) => parseManifestObjects(file, text));
  return {
    objects: parsed.filter(isObject),
    unreadable: parsed.flatMap(each => (isObject(each) ? [] : [{ code: 'yaml' as const, object: '', ...each }])),
  };
}
