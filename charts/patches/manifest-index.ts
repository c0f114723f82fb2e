import type { AppliedPatch } from './patched-objects.ts';
import { titleOf } from './stated-patch.ts';

/** The index of the manifests, for readers. */
export const indexFile = 'index.md';

/** What the folders of the manifests have, in the order in which they are applied by hand. */
const folderTitles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '': 'the operator and its CRDs',
    cluster: 'what is cluster-wide: priorities, roles of teams, admission policies',
    namespaces: 'the namespace of each environment with its limits and rights',
    nodes: 'the pool of nodes',
    monitoring: 'scraping, alerts and dashboard of the operator',
    credentials: "the operator's credentials from the secret store",
    delivery: 'Applications of Argo CD and Kustomizations of Flux, which apply all others',
  }),
);

/** Formats index.md of the manifests: what each folder has, and every patch with its reason and the files it changed. */
export function formatIndex(files: Iterable<string>, applied: readonly AppliedPatch[]): string {
  const folders = new Set([...files].map(folderOf));
  return [
    '# Manifests',
    '',
    ...[...folders].sort().map(folder => `- \`${folder === '' ? '.' : folder}\`: ${titleOfFolder(folder)}`),
    '',
    '## Patches',
    '',
    ...(applied.length === 0
      ? ['None: every object is as the facts give it.']
      : applied.flatMap(({ patch, files: changed }) => [
          `- ${titleOf(patch)} (${patch.json === undefined ? 'merge' : 'JSON'}), because ${patch.because}`,
          ...changed.map(file => `  - \`${file}\``),
        ])),
    '',
  ].join('\n');
}

/** The first folder of a file, with the one of its cluster. */
function folderOf(file: string): string {
  const parts = file.split('/').slice(0, -1);
  return parts.slice(0, parts[0] === 'clusters' ? 3 : 1).join('/');
}

function titleOfFolder(folder: string): string {
  const [, name = folder] = /^clusters\/[^/]+\/?(.*)$/.exec(folder) ?? [];
  return folderTitles.get(name) ?? `the environment ${name}`;
}
