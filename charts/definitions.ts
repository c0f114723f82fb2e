import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', 'crds');

/** The CRDs of crds/ as YAML by their file names, in the order of these. */
export function readDefinitions(): ReadonlyMap<string, string> {
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'));
  return new Map(files.sort().map(file => [file, readFileSync(path.join(folder, file), 'utf8')]));
}
