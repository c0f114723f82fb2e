import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where crds/ is: beside the sources, or beside dist/ in the published package. */
const folders = ['..', '../../..'].map(up => path.join(import.meta.dirname, up, 'crds'));

/**
 * The CRDs of crds/ as YAML by their file names, in the order of these.
 *
 * @throws Error when the package lacks them
 */
export function readDefinitions(): ReadonlyMap<string, string> {
  const folder = folders.find(existsSync);
  if (folder === undefined) throw new Error(`no CRDs in ${folders.join(' or ')}: install the package anew`);
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'));
  return new Map(files.sort().map(file => [file, readFileSync(path.join(folder, file), 'utf8')]));
}
