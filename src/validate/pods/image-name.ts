const host = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?)(:\d+)?$/;
const path = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
/** A word that a person or kustomize replaces: `PROJECT_ID`, as in `gcr.io/PROJECT_ID/shop`. */
const placeholder = /(^|\/)[A-Z][A-Z0-9_-]{2,}(?=\/|:|@|$)/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern =
  /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|(?!sha256:|sha512:)[a-z0-9]+([.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,})$/;

/**
 * Whether a text may name an image: `registry.example.com:5000/shop/web:1.2@sha256:…`.
 *
 * @see https://github.com/distribution/reference/blob/v0.6.0/reference.go
 */
export function isImageName(text: string): boolean {
  if (placeholder.test(text)) return true;
  const [named = '', digest, ...others] = text.split('@');
  if (others.length > 0 || (digest !== undefined && !digestPattern.test(digest))) return false;
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(0, slash));
  const hasHost = slash > 0 && (/[.:A-Z[]/.test(first) || first === 'localhost');
  if (hasHost && !host.test(first)) return false;
  const rest = hasHost ? named.slice(slash + 1) : named;
  const [name = '', tag, ...more] = rest.split(':');
  return more.length === 0 && path.test(name) && (tag === undefined || tagPattern.test(tag));
}
