import { ownValue } from '../../api/names/own-value.ts';
import type { JsonObject } from '../../schema/json.ts';
import { StatusError } from '../objects/status-error.ts';
import { parseBody } from '../write/decode-object.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';

const root = '/apis/authorization.k8s.io/v1';
const all = ['*'];

/** What the reviews of `auth can-i` are answered: here, everybody may do everything. */
const answers: Readonly<Record<string, { readonly kind: string; readonly status: JsonObject }>> = {
  selfsubjectaccessreviews: { kind: 'SelfSubjectAccessReview', status: { allowed: true } },
  selfsubjectrulesreviews: {
    kind: 'SelfSubjectRulesReview',
    status: {
      resourceRules: [{ verbs: all, apiGroups: all, resources: all }],
      nonResourceRules: [{ verbs: all, nonResourceURLs: all }],
      incomplete: false,
    },
  },
};

/** The group of the reviews as discovery lists it. */
export const accessGroup: JsonObject = {
  name: 'authorization.k8s.io',
  versions: [{ groupVersion: 'authorization.k8s.io/v1', version: 'v1' }],
  preferredVersion: { groupVersion: 'authorization.k8s.io/v1', version: 'v1' },
};

/**
 * Answers the discovery of `authorization.k8s.io/v1` and its reviews; undefined for every other path.
 *
 * @throws StatusError 400 for a body that cannot be parsed, 405 for any other verb than POST
 */
export function answerAccessReview({ method, pathname, body, contentType }: ApiRequest): ApiAnswer | undefined {
  if (pathname === root && method === 'GET') return { code: 200, body: resources() };
  if (!pathname.startsWith(`${root}/`)) return undefined;
  const plural = pathname.slice(root.length + 1);
  const answer = ownValue(answers, plural);
  if (answer === undefined) return undefined;
  if (method !== 'POST') {
    const what = `${method.toLowerCase()} is not supported on resources of kind "${plural}.authorization.k8s.io"`;
    throw new StatusError(405, 'MethodNotAllowed', what);
  }
  const { spec = {}, metadata = {} } = parseBody(body, contentType === '' ? 'application/json' : contentType);
  const { kind, status } = answer;
  return { code: 201, body: { kind, apiVersion: 'authorization.k8s.io/v1', metadata, spec, status } };
}

function resources(): JsonObject {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'authorization.k8s.io/v1',
    resources: Object.entries(answers).map(([name, { kind }]) => {
      return { name, singularName: kind.toLowerCase(), namespaced: false, kind, verbs: ['create'] };
    }),
  };
}
