import type { User } from './kubeconfig-schema.ts';

/**
 * Headers that ask the API server to treat the request as another user's: `as`, `as-uid`, `as-groups`, `as-user-extra`.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function impersonationHeaders(
  user: Pick<User, 'as' | 'as-uid' | 'as-groups' | 'as-user-extra'>,
): Readonly<Record<string, string | readonly string[]>> {
  if (user.as === undefined) return {};
  const extra = Object.entries(user['as-user-extra']).filter(([, values]) => values.length > 0);
  return {
    'Impersonate-User': asHeader(user.as),
    ...(user['as-uid'] === undefined ? {} : { 'Impersonate-Uid': asHeader(user['as-uid']) }),
    ...(user['as-groups'].length === 0 ? {} : { 'Impersonate-Group': user['as-groups'].map(asHeader) }),
    ...Object.fromEntries(
      extra.map(([key, values]) => [`Impersonate-Extra-${escapeKey(key)}`, values.map(asHeader)] as const),
    ),
  };
}

/** UTF-8 bytes as Node writes them in a header: one character per byte. */
function asHeader(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Percent-encodes the characters that a header name cannot contain, and "%" itself; the server decodes them. */
function escapeKey(key: string): string {
  const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return [...Buffer.from(key, 'utf8')]
    .map(byte =>
      /[A-Za-z0-9!#$&'*+.^_`|~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : percent(byte),
    )
    .join('');
}
