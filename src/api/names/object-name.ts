import { z } from 'zod';

/** Maximum number of characters in an object's name. */
const longestName = 253;
const longestNamespace = 63;
const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const subdomainPattern = new RegExp(`^${label}(?:\\.${label})*$`);
const labelPattern = new RegExp(`^${label}$`);

/** A `metadata.name` as the API server accepts it for most kinds: an RFC 1123 subdomain of at most 253 characters. */
export const objectName = z
  .string()
  .refine(text => subdomainPattern.test(text) || text.length > longestName, { error: ({ input }) => describe(input) })
  .refine(text => text.length <= longestName, {
    error: ({ input }) => `must have at most ${longestName} characters, has ${String(input).length}`,
  });

/** A `metadata.namespace` as the API server accepts it: an RFC 1123 label of at most 63 characters. */
export const namespaceName = z
  .string()
  .refine(
    text => text.length <= longestNamespace && labelPattern.test(text),
    `must be a namespace: at most ${longestNamespace} lower-case letters, digits and "-", beginning and ending with a letter or digit`,
  );

function describe(input: unknown): string {
  const rule = 'must be lower-case letters, digits, "-" and ".", each part beginning and ending with a letter or digit';
  const nearest = toName(String(input));
  return `${rule}${nearest === '' ? '' : `, as ${nearest}`}; got ${JSON.stringify(input)}`;
}

/** Converts text to an object name: `Cosy Evening!` → `cosy-evening`; empty when no character is valid. */
function toName(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .split('.')
    .map(part => part.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, ''))
    .filter(part => part !== '')
    .join('.');
}
