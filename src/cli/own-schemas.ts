import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseYaml } from '../manifests/yaml-document.ts';
import type { FieldSchema } from '../observe/schemas/list-fields.ts';
import type { OwnSchema } from '../observe/schemas/pruned-fields.ts';
import { packagePath } from '../package-path.ts';

const definitionSchema = z.object({
  spec: z.object({
    names: z.object({ kind: z.string() }),
    versions: z.tuple([z.object({ schema: z.object({ openAPIV3Schema: z.custom<FieldSchema>() }) })]),
  }),
});

/** Reads the schemas of Headstart's kinds from the CRDs that come with the package. */
export function readOwnSchemas(): readonly OwnSchema[] {
  const files = readdirSync(packagePath('crds')).filter(file => file.endsWith('.yaml'));
  return files.sort().map(file => {
    const { spec } = definitionSchema.parse(parseYaml(readFileSync(packagePath('crds', file), 'utf8')));
    return { kind: spec.names.kind, schema: spec.versions[0].schema.openAPIV3Schema };
  });
}
