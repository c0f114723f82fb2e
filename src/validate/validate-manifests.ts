import { checkBoundsOwners } from './check-bounds-owners.ts';
import { checkCallGraph } from './check-call-graph.ts';
import { checkCallVersions } from './check-call-versions.ts';
import { checkImmutableFields } from './check-immutable-fields.ts';
import { checkKinds } from './check-kinds.ts';
import { checkQuota } from './check-quota.ts';
import { checkRecurrence } from './check-recurrence.ts';
import { checkSchemas, uncheckedKinds } from './check-schemas.ts';
import { checkSyncRules } from './check-sync-rules.ts';
import { checkDisruptionBudgets, checkDuplicates, checkSelectors } from './check-workloads.ts';
import { type Finding, findingsOf, type Rule, type Surroundings } from './finding.ts';
import { type ManifestFiles, readObjects } from './read-objects.ts';

/** Every rule that a folder of manifests is checked against; add a new one here. */
const rules: readonly Rule[] = [
  checkKinds,
  checkSchemas,
  checkDuplicates,
  checkBoundsOwners,
  checkSyncRules,
  checkCallGraph,
  checkCallVersions,
  checkRecurrence,
  checkQuota,
  checkDisruptionBudgets,
  checkSelectors,
  checkImmutableFields,
];

/** The result of checking a folder of manifests. */
export interface Validation {
  /** The problems, by file and line; empty when there are none. */
  readonly findings: readonly Finding[];
  /** The number of objects that were checked. */
  readonly objects: number;
  /** The names of the rules that were applied. */
  readonly rules: readonly string[];
  /** Kinds of other projects without a CustomResourceDefinition: `karpenter.sh/v1 NodePool`. */
  readonly unchecked: readonly { readonly kind: string; readonly objects: number }[];
}

export interface ValidationOptions {
  /** CustomResourceDefinitions from elsewhere; those among the files count anyway. @default none */
  readonly definitions?: ManifestFiles;
  /** The same folder as it was last applied, for fields that cannot change. @default none */
  readonly before?: ManifestFiles;
}

/** Checks a folder of manifests against all rules. */
export function validateManifests(files: ManifestFiles, options: ValidationOptions = {}): Validation {
  const { objects, unreadable } = readObjects(files);
  const surroundings: Surroundings = {
    definitions: readObjects(options.definitions ?? new Map()).objects,
    before: readObjects(options.before ?? new Map()).objects,
  };
  const found = rules.flatMap(rule => findingsOf(rule, objects, surroundings));
  return {
    findings: [...unreadable, ...found].sort(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message),
    ),
    objects: objects.length,
    rules: [...new Set(['yaml', ...rules.map(rule => rule.name)])],
    unchecked: uncheckedKinds(objects, surroundings.definitions),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
