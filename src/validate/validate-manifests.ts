import { applyIgnores } from './apply-ignores.ts';
import { checkBoundsOwners } from './check-bounds-owners.ts';
import { checkCallGraph } from './check-call-graph.ts';
import { checkCallVersions } from './check-call-versions.ts';
import { checkCapacityBuffers } from './check-capacity-buffers.ts';
import { checkImmutableFields } from './check-immutable-fields.ts';
import { checkKinds } from './check-kinds.ts';
import { checkNames } from './check-names.ts';
import { checkPromql } from './check-promql.ts';
import { checkQuota } from './check-quota.ts';
import { checkRecurrence } from './check-recurrence.ts';
import { checkSchemas, uncheckedKinds } from './check-schemas.ts';
import { checkSyncRules } from './check-sync-rules.ts';
import { checkVanishedStores } from './check-vanished-stores.ts';
import { checkDisruptionBudgets, checkDuplicates, checkSelectors } from './check-workloads.ts';
import { type Code, codes } from './codes.ts';
import { type Finding, findingsOf, type Rule, type Surroundings } from './finding.ts';
import { checkAdmission } from './pods/check-admission.ts';
import { checkAmounts } from './pods/check-amounts.ts';
import { checkImages } from './pods/check-images.ts';
import { checkPlacement } from './pods/check-placement.ts';
import { checkPodSecurity } from './pods/check-pod-security.ts';
import { checkPodShape } from './pods/check-pod-shape.ts';
import { checkProbes } from './pods/check-probes.ts';
import { checkResources } from './pods/check-resources.ts';
import { checkShutdown } from './pods/check-shutdown.ts';
import { checkStarts } from './pods/check-starts.ts';
import { checkVariables } from './pods/check-variables.ts';
import { checkVolumes } from './pods/check-volumes.ts';
import { type ManifestFiles, readObjects } from './read-objects.ts';
import { checkClaims } from './references/check-claims.ts';
import { checkMonitors } from './references/check-monitors.ts';
import { checkNamespaces } from './references/check-namespaces.ts';
import { checkNetworkPolicies } from './references/check-network-policies.ts';
import { checkOverlaps } from './references/check-overlaps.ts';
import { checkPolicyTargets } from './references/check-policy-targets.ts';
import { checkReferences } from './references/check-references.ts';
import { checkRights } from './references/check-rights.ts';
import { checkRoutes } from './references/check-routes.ts';
import { checkServiceCalls } from './references/check-service-calls.ts';
import { checkServices } from './references/check-services.ts';
import { checkSharedLimits } from './references/check-shared-limits.ts';
import { checkStatefulSets } from './references/check-stateful-sets.ts';
import { checkRefusedValues } from './refused/check-refused-values.ts';

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
  checkSharedLimits,
  checkQuota,
  checkCapacityBuffers,
  checkDisruptionBudgets,
  checkSelectors,
  checkOverlaps,
  checkImmutableFields,
  checkVanishedStores,
  checkNames,
  checkPodShape,
  checkRefusedValues,
  checkStarts,
  checkVariables,
  checkAmounts,
  checkAdmission,
  checkPlacement,
  checkVolumes,
  checkClaims,
  checkProbes,
  checkResources,
  checkShutdown,
  checkImages,
  checkPodSecurity,
  checkReferences,
  checkNamespaces,
  checkStatefulSets,
  checkServices,
  checkServiceCalls,
  checkMonitors,
  checkRoutes,
  checkPolicyTargets,
  checkNetworkPolicies,
  checkRights,
  checkPromql,
];

/** The result of checking a folder of manifests. */
export interface Validation {
  /** The problems, by file and line; empty when there are none. */
  readonly findings: readonly Finding[];
  /** The number of objects that were checked. */
  readonly objects: number;
  /** Every code that a finding may have. */
  readonly codes: readonly Code[];
  /** Kinds of other projects without a CustomResourceDefinition: `karpenter.sh/v1 NodePool`. */
  readonly unchecked: readonly { readonly kind: string; readonly objects: number }[];
}

export interface ValidationOptions {
  /** CustomResourceDefinitions from elsewhere; those among the files count anyway. @default none */
  readonly definitions?: ManifestFiles;
  /** The same folder as it was last applied, for fields that cannot change and stores that must stay. @default none */
  readonly before?: ManifestFiles;
}

/** Checks a folder of manifests against all rules. */
export function validateManifests(files: ManifestFiles, options: ValidationOptions = {}): Validation {
  const { objects, unreadable, generated } = readObjects(files);
  const surroundings: Surroundings = {
    definitions: readObjects(options.definitions ?? new Map()).objects,
    before: readObjects(options.before ?? new Map()).objects,
    generated,
  };
  const found = rules.flatMap(rule => findingsOf(rule, objects, surroundings));
  return {
    findings: [...applyIgnores([...unreadable, ...found], files, options.before)].sort(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message),
    ),
    objects: objects.length,
    codes: (Object.keys(codes) as Code[]).filter(code => code !== 'freeze'),
    unchecked: uncheckedKinds(objects, surroundings.definitions),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
