import { checkBoundsOwners } from './check-bounds-owners.ts';
import { checkCallGraph } from './check-call-graph.ts';
import { checkCallVersions } from './check-call-versions.ts';
import { checkImmutableFields } from './check-immutable-fields.ts';
import { checkKinds } from './check-kinds.ts';
import { checkQuota } from './check-quota.ts';
import { checkSchemas, uncheckedKinds } from './check-schemas.ts';
import { checkSyncRules } from './check-sync-rules.ts';
import { checkDisruptionBudgets, checkDuplicates, checkSelectors } from './check-workloads.ts';
import { type Finding, findingsOf, type Rule, type Surroundings } from './finding.ts';
import { type ManifestFiles, readObjects } from './read-objects.ts';

/** Every rule that a folder of manifests is held to; a new one is one entry here. */
const rules: readonly Rule[] = [
  checkKinds,
  checkSchemas,
  checkDuplicates,
  checkBoundsOwners,
  checkSyncRules,
  checkCallGraph,
  checkCallVersions,
  checkQuota,
  checkDisruptionBudgets,
  checkSelectors,
  checkImmutableFields,
];

/** What a folder of manifests was found to be. */
export interface Validation {
  /** By file and line; empty when a pipeline may go on. */
  readonly findings: readonly Finding[];
  /** How many objects were looked at. */
  readonly objects: number;
  /** The names of the rules that they were held to. */
  readonly rules: readonly string[];
  /** Kinds of other projects that no CustomResourceDefinition described: `karpenter.sh/v1 NodePool`. */
  readonly unchecked: readonly { readonly kind: string; readonly objects: number }[];
}

export interface ValidationOptions {
  /** CustomResourceDefinitions that stand elsewhere; those among the files count anyway. @default none */
  readonly definitions?: ManifestFiles;
  /** The same folder as it was applied last: what can never change has to be as it was there. @default none */
  readonly before?: ManifestFiles;
}

/** All findings in a folder of manifests at once. */
export function validateManifests(files: ManifestFiles, options: ValidationOptions = {}): Validation {
  const { objects, unreadable } = readObjects(files);
  const surroundings: Surroundings = {
    definitions: readObjects(options.definitions ?? new Map()).objects,
    before: readObjects(options.before ?? new Map()).objects,
  };
  const found = rules.flatMap(rule => findingsOf(rule, objects, surroundings));
  return {
    findings: [...unreadable, ...found].sort(
      (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message),
    ),
    objects: objects.length,
    rules: [...new Set(['yaml', ...rules.map(rule => rule.name)])],
    unchecked: uncheckedKinds(objects, surroundings.definitions),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
