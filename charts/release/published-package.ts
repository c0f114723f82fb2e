import { z } from 'zod';

/** The name under which the package is published: one of a scope, which nobody else can take. */
export const publishedName = '@headstart-dev/headstart';

const ownPackageSchema = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  type: z.literal('module'),
  bin: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.string()),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  overrides: z.record(z.string(), z.unknown()),
});

/**
 * Makes the package.json of the published package from our own: what it needs at run time, no scripts, and not private.
 *
 * @throws ZodError naming the field, when our own lacks one
 */
export function publishedPackage(own: unknown) {
  const { overrides: _, ...fields } = ownPackageSchema.parse(own);
  return { name: publishedName, ...fields, publishConfig: { access: 'public', provenance: true } };
}
