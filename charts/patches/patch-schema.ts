import { z } from 'zod';

const pointer = z
  .string()
  .max(1000)
  .regex(/^(\/([^~/]|~0|~1)*)+$/, 'must be a JSON pointer, such as /spec/template/spec/hostAliases');

const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace', 'test']), path: pointer, value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.enum(['move', 'copy']), from: pointer, path: pointer }),
]);

/** A change of synthesized objects, for what no fact says. */
export const patchSchema = z
  .strictObject({
    kind: z.string().min(1).max(63),
    name: z.string().min(1).max(253),
    namespace: z.string().min(1).max(63).optional().describe('If absent, that of every environment.'),
    because: z.string().trim().min(10).max(500).describe('Why no fact says it; stands in the index of the manifests.'),
    json: z.array(operationSchema).min(1).max(100).optional().describe('Operations of a JSON Patch (RFC 6902).'),
    merge: z.record(z.string(), z.json()).optional().describe('A merge patch (RFC 7386).'),
  })
  .refine(({ json, merge }) => (json === undefined) !== (merge === undefined), 'must have either json or merge');

export type PatchFacts = z.output<typeof patchSchema>;
