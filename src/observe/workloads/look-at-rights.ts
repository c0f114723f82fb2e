import { z } from 'zod';
import { neededRights, type Right, rightKey, roomRights } from '../../api/autoscalers/needed-rights.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Connection } from '../../kube/connect.ts';

/** Rights that the operator lacks in a namespace. */
export interface RightsObservation {
  /** In the order in which they are needed. */
  readonly missing: readonly Right[];
  /** User name of the operator; absent where the API server does not tell it. */
  readonly user?: string;
}

/** Asks the API server what the operator may do. @throws ApiError, TransportError */
export interface RightsApi {
  /** Whether it has a right in a namespace, or in all of them when none is given. */
  mayDo(right: Right, namespace: string | undefined, signal?: AbortSignal): Promise<boolean>;
  /** The operator's user name. */
  userName(signal?: AbortSignal): Promise<string>;
}

/**
 * Looks at the operator's rights in a namespace; undefined while it lacks none of those asked for. `now` is epoch ms,
 * domain time. An unknown answer counts as a right: the write will tell.
 */
export type LookAtRights = (
  where: { readonly namespace: string; readonly rights: readonly Right[] },
  now: number,
  signal?: AbortSignal,
) => Promise<RightsObservation | undefined>;

/** Milliseconds of domain time for which a right that is there is not asked for again. */
const grantedMs = 300_000;
/** Milliseconds of domain time after which a right that is missing, or unknown, is asked for again. */
const missingMs = 60_000;
/** Most answers that are kept; beyond it all are asked for anew. */
const mostKept = 20_000;
/** Milliseconds to wait for each answer, before a reconcile or beside it: two follow each other, three where a right is missing. */
const deadlineMs = 1_000;

interface Known {
  readonly at: number;
  readonly allowed: Promise<boolean | undefined>;
  readonly keptMs: number;
}

/**
 * Creates the look at the operator's rights. A right in all namespaces answers for each of them, so a thousand
 * namespaces ask no more than one.
 */
export function createLookAtRights(api: RightsApi): LookAtRights {
  const known = new Map<string, Known>();
  const ask = (right: Right, namespace: string | undefined, now: number, signal?: AbortSignal) => {
    const key = `${namespace ?? '*'} ${rightKey(right)}`;
    const last = known.get(key);
    if (last !== undefined && now - last.at < last.keptMs) return last.allowed;
    if (known.size >= mostKept) known.clear();
    const allowed = api.mayDo(right, namespace, signal).catch(() => undefined);
    known.set(key, { at: now, allowed, keptMs: missingMs });
    return allowed.then(answer => {
      if (answer === true) known.set(key, { at: now, allowed, keptMs: grantedMs });
      return answer;
    });
  };
  let user: string | undefined;
  return async ({ namespace, rights }, now, signal) => {
    const answers = await Promise.all(
      rights.map(async right => (await ask(right, undefined, now, signal)) || ask(right, namespace, now, signal)),
    );
    signal?.throwIfAborted();
    const missing = rights.filter((_, index) => answers[index] === false);
    if (missing.length === 0) return undefined;
    user ??= await api.userName(signal).catch(() => undefined);
    return { missing, ...(user === undefined ? {} : { user }) };
  };
}

/** Looks at the rights that raising some targets takes, and room for them, each once; undefined while none is missing. */
export async function observeRights(
  {
    namespace,
    now,
    lookAtRights,
    policy,
    signal,
  }: {
    readonly namespace: string;
    readonly now: number;
    readonly policy?: Pick<ScalingPolicySpec, 'nodeRoom'>;
    readonly lookAtRights?: LookAtRights;
    readonly signal?: AbortSignal | undefined;
  },
  targets: readonly Parameters<typeof neededRights>[0][],
): Promise<RightsObservation | undefined> {
  const room = roomRights(policy?.nodeRoom ?? 'None');
  const rights = new Map([...targets.flatMap(neededRights), ...room].map(right => [rightKey(right), right]));
  return rights.size === 0 ? undefined : lookAtRights?.({ namespace, rights: [...rights.values()] }, now, signal);
}

const accessSchema = z.object({ status: z.object({ allowed: z.boolean() }) });
const userSchema = z.object({ status: z.object({ userInfo: z.object({ username: z.string().min(1) }) }) });

/** Asks by the reviews that every identity may make. @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access */
export function rightsApi({ transport }: Pick<Connection, 'transport'>): RightsApi {
  const review = async (group: string, kind: string, spec: object | undefined, signal: AbortSignal | undefined) => {
    const path = `/apis/${group}/v1/${kind.toLowerCase()}s`;
    const body = { apiVersion: `${group}/v1`, kind, ...(spec === undefined ? {} : { spec }) };
    const answer = await transport.send({ method: 'POST', path, body, idempotent: true, signal, deadlineMs });
    return JSON.parse(answer.body.toString('utf8')) as unknown;
  };
  return {
    mayDo: async ({ verb, group, resource: full }, namespace, signal) => {
      const [resource, subresource] = full.split('/', 2);
      const resourceAttributes = { verb, group, resource, subresource, namespace };
      const answer = await review('authorization.k8s.io', 'SelfSubjectAccessReview', { resourceAttributes }, signal);
      return accessSchema.parse(answer).status.allowed;
    },
    userName: async signal => {
      const answer = await review('authentication.k8s.io', 'SelfSubjectReview', undefined, signal);
      return userSchema.parse(answer).status.userInfo.username;
    },
  };
}
