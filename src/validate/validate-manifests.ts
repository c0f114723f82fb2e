import { checkBoundsOwners } from './check-bounds-owners.ts';
import { checkCallGraph } from './check-call-graph.ts';
import { checkKinds } from './check-kinds.ts';
import { checkQuota } from './check-quota.ts';
import { checkDisruptionBudgets, checkDuplicates, checkSelectors } from './check-workloads.ts';
import type { Finding, Rule } from './finding.ts';
import { describeManifest, type ManifestObject, parseManifestObjects } from './manifest-object.ts';

/** Every rule that a folder of manifests is held to; a new one is one entry here. */
export const rules: readonly Rule[] = [
  checkKinds,
  checkDuplicates,
  checkBoundsOwners,
  checkCallGraph,
  checkQuota,
  checkDisruptionBudgets,
  checkSelectors,
];

/** All findings in files (path → text), by file and line; empty when a pipeline may go on. */
export function validateManifests(files: ReadonlyMap<string, string>): readonly Finding[] {
  const parsed = [...files].flatMap(([file, text]) => parseManifestObjects(file, text));
  const broken = parsed.flatMap(each =>
    'value' in each ? [] : [{ rule: 'yaml', severity: 'error' as const, object: '', ...each }],
  );
  const objects: readonly ManifestObject[] = parsed.filter(each => 'value' in each);
  const found = rules.flatMap(({ name, check }) =>
    check(objects).map(({ object, field = [], severity = 'error', message }) => ({
      rule: name,
      severity,
      file: object.file,
      line: object.lineOf(field),
      object: describeManifest(object),
      message,
    })),
  );
  return [...broken, ...found].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
