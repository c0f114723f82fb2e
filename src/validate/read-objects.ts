import type { Finding } from './finding.ts';
import { type ManifestObject, parseManifestObjects, type Unreadable } from './manifest-object.ts';

/** Path → text. */
export type ManifestFiles = ReadonlyMap<string, string>;

/** The objects of a folder, and what in it can be read as none. */
export interface ReadObjects {
  readonly objects: readonly ManifestObject[];
  readonly unreadable: readonly Finding[];
}

/** All objects of all files, in the order of the files. */
export function readObjects(files: ManifestFiles): ReadObjects {
  const parsed = [...files].flatMap(([file, text]) => parseManifestObjects(file, text));
  const unreadable = parsed.filter((each): each is Unreadable => !('value' in each));
  return {
    objects: parsed.filter((each): each is ManifestObject => 'value' in each),
    unreadable: unreadable.map(each => ({ rule: 'yaml', object: '', ...each })),
  };
}
