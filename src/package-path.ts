import { existsSync } from 'node:fs';
import path from 'node:path';

/** The path of a file that ships with the package (`crds/…`), from sources and from built JavaScript alike. */
export function packagePath(...segments: readonly string[]): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`);
    folder = parent;
  }
  return path.join(folder, ...segments);
}
