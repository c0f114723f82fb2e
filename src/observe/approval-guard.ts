import type { Missing } from '../api/missing.ts';
import { isApiError } from '../kube/api-error.ts';
import type { Connection } from '../kube/connect.ts';
import { admissionPolicies, admissionPolicyBindings, type ResourceKind } from '../kube/resources/resource-kind.ts';

/** Name of the ValidatingAdmissionPolicy that guards approvals, and of its binding. */
export const guardName = 'headstart-approvals';

/** The policy and its binding as they are read; undefined where one does not exist. */
export interface Guard {
  readonly policy: GuardPolicy | undefined;
  readonly binding: GuardBinding | undefined;
}

type ObjectOf<K> = K extends ResourceKind<infer T> ? T : never;
type GuardPolicy = ObjectOf<typeof admissionPolicies>;
type GuardBinding = ObjectOf<typeof admissionPolicyBindings>;

const mend = `apply ${guardName} of the operator's manifests again`;

/**
 * Tells why the guard of approvals is not in force; undefined while it is. Anything that lets a request pass counts:
 *
 *   missing or being deleted              the policy or the binding
 *   lets failures pass                    failurePolicy other than Fail
 *   sees only some requests               conditions, selectors, excluded resources, fewer operations, other names
 *   asks for no right                     no validation that checks the verb approve
 *   refuses nothing                       a binding without Deny, or of another policy
 */
export function guardFault({ policy, binding }: Guard): Missing | undefined {
  if (policy === undefined || policy.metadata?.deletionTimestamp !== undefined)
    return fault(`there is no ValidatingAdmissionPolicy ${guardName}`);
  if (binding === undefined || binding.metadata?.deletionTimestamp !== undefined)
    return fault(`there is no ValidatingAdmissionPolicyBinding ${guardName}`);
  const { failurePolicy = 'Fail', matchConstraints, matchConditions = [], validations = [] } = policy.spec ?? {};
  if (failurePolicy !== 'Fail') return fault(`the ValidatingAdmissionPolicy ${guardName} lets its failures pass`);
  const isWhole =
    matchConditions.length === 0 &&
    selectsAll(matchConstraints) &&
    (matchConstraints?.resourceRules ?? []).some(coversAll);
  if (!isWhole) return fault(`the ValidatingAdmissionPolicy ${guardName} sees only some writes of SalePlans`);
  if (!validations.some(({ expression = '' }) => expression.includes(".check('approve').allowed()")))
    return fault(`the ValidatingAdmissionPolicy ${guardName} does not ask for the verb approve`);
  const { policyName, validationActions = [], matchResources } = binding.spec ?? {};
  if (policyName !== guardName || !validationActions.includes('Deny'))
    return fault(`the ValidatingAdmissionPolicyBinding ${guardName} does not deny`);
  if (!selectsAll(matchResources) || (matchResources?.resourceRules ?? []).length > 0)
    return fault(`the ValidatingAdmissionPolicyBinding ${guardName} is in force for some objects only`);
  return undefined;
}

type Match = NonNullable<NonNullable<GuardPolicy['spec']>['matchConstraints']>;

function selectsAll(match: Match | undefined): boolean {
  const { excludeResourceRules = [], namespaceSelector = {}, objectSelector = {} } = match ?? {};
  return excludeResourceRules.length === 0 && [namespaceSelector, objectSelector].every(isEmpty);
}

function isEmpty({ matchLabels = {}, matchExpressions = [] }: NonNullable<Match['namespaceSelector']>): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

const needed = {
  apiGroups: ['headstart.dev'],
  apiVersions: ['v1alpha1'],
  resources: ['saleplans'],
  operations: ['CREATE', 'UPDATE', 'DELETE'],
} as const;

function coversAll(rule: NonNullable<Match['resourceRules']>[number]): boolean {
  const has = (field: keyof typeof needed) => {
    const stated = rule[field] ?? [];
    return stated.includes('*') || needed[field].every(one => stated.includes(one));
  };
  const isNamed = (rule.resourceNames ?? []).length > 0;
  return !isNamed && has('apiGroups') && has('apiVersions') && has('resources') && has('operations');
}

function fault(what: string): Missing {
  return { missing: `${what}: ${mend}` };
}

/** Reads the guard from the API server. @throws ApiError, TransportError */
export async function readGuard(connection: Pick<Connection, 'resource'>, signal?: AbortSignal): Promise<Guard> {
  const options = { signal, deadlineMs };
  const read = async <T>(answer: Promise<T>): Promise<T | undefined> => {
    try {
      return await answer;
    } catch (error) {
      if (isApiError(error, 404)) return undefined;
      throw error;
    }
  };
  const [policy, binding] = await Promise.all([
    read(connection.resource(admissionPolicies).get({ name: guardName }, options)),
    read(connection.resource(admissionPolicyBindings).get({ name: guardName }, options)),
  ]);
  return { policy, binding };
}

/** Milliseconds of domain time for which an answer is used. */
const freshMs = 60_000;
/** Milliseconds of domain time for which the last answer is used while the API server gives none. */
const patienceMs = 300_000;
/** Milliseconds to wait for the API server, before a reconcile or beside it. */
const deadlineMs = 3_000;

/**
 * Looks at the guard of approvals at most once a minute; why it is not in force, or undefined. `now` is epoch ms,
 * domain time. While the API server gives no answer, the last one counts for five minutes; then none is known.
 */
export type LookAtGuard = (now: number, signal?: AbortSignal) => Promise<Missing | undefined>;

/** Creates the look at the guard, of which all namespaces share the answers. */
export function createLookAtGuard(read: (signal?: AbortSignal) => Promise<Guard>): LookAtGuard {
  let known: { readonly at: number; readonly fault: Missing | undefined } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  return async (now, signal) => {
    if (known !== undefined && now - triedAt < freshMs) return known.fault;
    triedAt = now;
    try {
      known = { at: now, fault: guardFault(await read(signal)) };
    } catch (error) {
      signal?.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      if (known === undefined || now - known.at >= patienceMs || isApiError(error, 401, 403))
        known = {
          at: now,
          fault: { missing: `the ValidatingAdmissionPolicy ${guardName} cannot be read: ${message}` },
        };
    }
    return known.fault;
  };
}
