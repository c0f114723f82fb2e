import { z } from 'zod';

/** Text of a field; an empty one counts as absent, as in Go. A number is refused: the author must quote it. */
const text = z
  .string({ error: 'is no text; put it in quotes' })
  .nullish()
  .transform(value => (value === null || value === '' ? undefined : value));
const texts = z
  .array(z.string({ error: 'is no text; put it in quotes' }))
  .nullish()
  .transform(value => value ?? []);
const flag = z
  .boolean({ error: 'is neither true nor false' })
  .nullish()
  .transform(value => value ?? false);
const nameValue = z.object({ name: z.string().min(1), value: z.string().nullish() });

/** Fields of a cluster that a client needs; others are left to other programs. */
export const clusterSchema = z.object({
  server: text,
  'tls-server-name': text,
  'insecure-skip-tls-verify': flag,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'proxy-url': text,
  'disable-compression': flag,
  extensions: z
    .array(z.object({ name: z.string(), extension: z.unknown().optional() }))
    .nullish()
    .transform(value => value ?? []),
});

export const contextSchema = z.object({ cluster: text, user: text, namespace: text });

export const execSchema = z.strictObject({
  apiVersion: text,
  command: text,
  args: texts,
  env: z
    .array(nameValue)
    .nullish()
    .transform(value => value ?? []),
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: z
    .enum(['Never', 'IfAvailable', 'Always'])
    .nullish()
    .transform(value => value ?? 'IfAvailable'),
});

/**
 * Fields of a user. An unknown one is refused, unlike in kubectl: it may be a misspelt credential, and without it the
 * request would be anonymous, or use another identity with more rights.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export const userSchema = z.strictObject({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  as: text,
  'as-uid': text,
  'as-groups': texts,
  'as-user-extra': z
    .record(z.string(), texts)
    .nullish()
    .transform(value => value ?? {}),
  username: text,
  password: text,
  'auth-provider': z
    .object({
      name: z.string(),
      config: z
        .record(z.string(), z.string())
        .nullish()
        .transform(value => value ?? {}),
    })
    .nullish()
    .transform(value => value ?? undefined),
  exec: execSchema.nullish().transform(value => value ?? undefined),
  extensions: z.unknown().optional(),
});

export type Cluster = Readonly<z.output<typeof clusterSchema>>;
export type User = Readonly<z.output<typeof userSchema>>;
export type ExecPlugin = Readonly<z.output<typeof execSchema>>;
