import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Lists the files of a folder with one of the extensions, or the file itself, sorted. A folder that links lead to
 * several times, also from inside itself, is entered once; a broken link is skipped.
 *
 * @throws Error when the place does not exist
 */
export function listFiles(place: string, extensions: readonly string[]): readonly string[] {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`${place} is not there`);
  if (!found.isDirectory()) return [place];
  const files: string[] = [];
  const entered = new Set<string>();
  const waiting = [place];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const real = realpathSync(folder);
    if (entered.has(real)) continue;
    entered.add(real);
    for (const name of readdirSync(folder)) {
      const entry = path.join(folder, name);
      const stats = statSync(entry, { throwIfNoEntry: false });
      if (stats?.isDirectory() === true && name !== '.git' && name !== 'node_modules') waiting.push(entry);
      else if (stats?.isFile() === true && extensions.some(extension => name.endsWith(extension))) files.push(entry);
    }
  }
  return files.sort();
}
