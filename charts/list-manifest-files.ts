import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Lists every YAML or JSON file below a folder, sorted, with forward slashes. Does not follow links; a folder that does
 * not exist has no files.
 */
export function listManifestFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .flatMap(entry => {
      if (entry.isDirectory())
        return listManifestFiles(path.join(folder, entry.name)).map(file => `${entry.name}/${file}`);
      return entry.isFile() && /\.(ya?ml|json)$/.test(entry.name) ? [entry.name] : [];
    })
    .sort();
}
