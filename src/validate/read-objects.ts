import type { Finding } from './finding.ts';
import { type ManifestObject, parseManifestObjects, type Unreadable } from './manifest-object.ts';

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
  const unreadable = parsed.filter((each): each is Unreadable => !('value' in each));
  return {
    objects: parsed.filter((each): each is ManifestObject => 'value' in each),
    unreadable: unreadable.map(each => ({ rule: 'yaml', object: '', ...each })),
  };
}
