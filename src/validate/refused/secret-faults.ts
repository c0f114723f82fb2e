import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { RefusedValue } from './refused-value.ts';

const table = z.record(z.string(), z.unknown()).nullish();
const secretSchema = z.looseObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Secret'),
  type: z.string(),
  data: table,
  stringData: table,
});

/** The keys that a Secret of each type has; of a list inside, one at least. */
const neededKeys: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['kubernetes.io/tls', [['tls.crt'], ['tls.key']]],
  ['kubernetes.io/dockerconfigjson', [['.dockerconfigjson']]],
  ['kubernetes.io/dockercfg', [['.dockercfg']]],
  ['kubernetes.io/basic-auth', [['username', 'password']]],
  ['kubernetes.io/ssh-auth', [['ssh-privatekey']]],
]);

/** Finds the keys that a Secret lacks for its type. */
export function secretFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const secret = secretSchema.safeParse(value).data;
  if (secret === undefined) return [];
  const keys = [...Object.keys(secret.data ?? {}), ...Object.keys(secret.stringData ?? {})];
  return (neededKeys.get(secret.type) ?? [])
    .filter(choice => !choice.some(key => keys.includes(key)))
    .map(choice => ({
      field: ['type'],
      message: `a Secret of type ${secret.type} needs the key ${choice.join(' or ')}`,
    }));
}
