import { z } from 'zod';
import type { Clock } from '../../api/clock.ts';
import type { Connection } from '../../kube/connect.ts';
import type { KnownViewer, Viewer } from './viewer.ts';

const tokenReview = z.object({
  status: z.object({
    authenticated: z.boolean().default(false),
    user: z
      .object({
        username: z.string().min(1),
        uid: z.string().optional(),
        groups: z.array(z.string()).default([]),
        extra: z.record(z.string(), z.array(z.string())).optional(),
      })
      .optional(),
  }),
});
const accessReview = z.object({ status: z.object({ allowed: z.boolean() }) });

/** What a viewer wants to do, as an API server names it. */
export interface Access {
  readonly verb: 'get' | 'list' | 'approve';
  readonly resource: 'flashsales' | 'saleplans' | 'scalingtargets' | 'scalingpolicies';
  readonly namespace: string;
  readonly name?: string;
}

/** Asks the API server who somebody is and what they may do. */
export interface AccessReviews {
  /** Returns the user of a token; undefined for one that the cluster does not know. @throws ApiError, TransportError */
  whoHas(token: string): Promise<KnownViewer | undefined>;
  /** Whether a viewer may do this; answers are kept for half a minute. @throws ApiError, TransportError */
  may(viewer: Viewer, access: Access): Promise<boolean>;
}

const keptMs = 30_000;
const mostKept = 10_000;

/** Creates the reviews; `clock` is monotonic, and answers are forgotten by it. */
export function createAccessReviews(
  { transport }: Pick<Connection, 'transport'>,
  clock: Pick<Clock, 'monotonicMs'>,
): AccessReviews {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<boolean> }>();
  const post = async (path: string, kind: string, spec: object): Promise<unknown> => {
    const apiVersion = path.split('/').slice(2, 4).join('/');
    const answer = await transport.send({ method: 'POST', path, body: { apiVersion, kind, spec }, idempotent: true });
    return JSON.parse(answer.body.toString('utf8'));
  };
  const ask = async ({ user, groups, uid, extra }: KnownViewer, { verb, resource, namespace, name }: Access) => {
    const resourceAttributes = {
      group: 'headstart.dev',
      verb,
      resource,
      namespace,
      ...(name === undefined ? {} : { name }),
    };
    const spec = {
      user,
      groups,
      ...(uid === undefined ? {} : { uid }),
      ...(extra === undefined ? {} : { extra }),
      resourceAttributes,
    };
    const read = await post('/apis/authorization.k8s.io/v1/subjectaccessreviews', 'SubjectAccessReview', spec);
    return accessReview.parse(read).status.allowed;
  };
  return {
    async whoHas(token) {
      const read = await post('/apis/authentication.k8s.io/v1/tokenreviews', 'TokenReview', { token });
      const { authenticated, user } = tokenReview.parse(read).status;
      if (!authenticated || user === undefined) return undefined;
      const { username, groups, uid, extra } = user;
      return {
        kind: 'Token',
        user: username,
        groups,
        token,
        ...(uid === undefined ? {} : { uid }),
        ...(extra === undefined ? {} : { extra }),
      };
    },
    may(viewer, access) {
      if (viewer.kind === 'Local') return Promise.resolve(access.verb !== 'approve');
      const now = clock.monotonicMs();
      const { user, groups, uid, extra } = viewer;
      const key = JSON.stringify([user, groups, uid, extra, access]);
      const known = kept.get(key);
      if (known !== undefined && known.until > now) return known.answer;
      if (kept.size >= mostKept) kept.clear();
      const answer = ask(viewer, access);
      kept.set(key, { until: now + keptMs, answer });
      answer.catch(() => kept.delete(key));
      return answer;
    },
  };
}
