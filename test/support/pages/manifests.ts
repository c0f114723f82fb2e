import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readOwnFacts } from '../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../charts/synthesize.ts';

const containerSchema = z.looseObject({
  name: z.string(),
  image: z.string().optional(),
  resources: z.looseObject({ requests: z.record(z.string(), z.string()).optional() }).optional(),
  securityContext: z
    .looseObject({
      allowPrivilegeEscalation: z.boolean().optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      capabilities: z.looseObject({ drop: z.array(z.string()).optional() }).optional(),
    })
    .optional(),
});

const podSpecSchema = z.looseObject({
  hostNetwork: z.boolean().optional(),
  automountServiceAccountToken: z.boolean().optional(),
  securityContext: z
    .looseObject({
      runAsNonRoot: z.boolean().optional(),
      seccompProfile: z.looseObject({ type: z.string() }).optional(),
    })
    .optional(),
  containers: z.array(containerSchema),
});

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  spec: z.looseObject({}).optional(),
  rules: z
    .array(
      z.looseObject({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) }),
    )
    .optional(),
});

/** An object of a manifest, as far as the chart tests look at it. */
export type Manifest = z.infer<typeof manifestSchema>;

const definitions = readdirSync('crds')
  .filter(file => file.endsWith('.yaml'))
  .sort()
  .map(file => readFileSync(path.join('crds', file), 'utf8'));

/** Every manifest that our own facts give, as files, without their index. */
export function synthesizeOwnFacts(): ReadonlyMap<string, string> {
  const files = synthesize(readOwnFacts(), { image: 'headstart:0.0.0-test', definitions });
  return new Map([...files].filter(([file]) => file.endsWith('.yaml')));
}

/** The objects of a manifest's text. */
export function parseManifests(text: string): readonly Manifest[] {
  return parseAllDocuments(text, { version: '1.1' }).map(document => manifestSchema.parse(document.toJS()));
}

/** The pods that a workload of ours makes; undefined for every other object, such as another operator's resource. */
export function podSpecOf({ kind, spec }: Manifest) {
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return undefined;
  return z.object({ template: z.looseObject({ spec: podSpecSchema }) }).parse(spec).template.spec;
}
