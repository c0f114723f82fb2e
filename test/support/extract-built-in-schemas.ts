/**
 * Writes src/sandbox/built-in-schemas.json from the OpenAPI files that Kubernetes publishes with its source
 * (api/openapi-spec/v3 of k8s.io/kubernetes): what is needed to prune, validate and merge, without descriptions.
 *
 *   npx node test/support/extract-built-in-schemas.ts <folder of k8s.io/kubernetes>/api/openapi-spec/v3
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface OpenApiSchema {
  readonly $ref?: string;
  readonly allOf?: readonly OpenApiSchema[];
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema;
  readonly [keyword: string]: unknown;
}

const files = [
  'api__v1',
  'apis__apps__v1',
  'apis__autoscaling__v2',
  'apis__coordination.k8s.io__v1',
  'apis__events.k8s.io__v1',
  'apis__apiextensions.k8s.io__v1',
];
const roots = [
  ...['Namespace', 'Node', 'Pod', 'Event', 'ConfigMap'].map(kind => `io.k8s.api.core.v1.${kind}`),
  'io.k8s.api.apps.v1.Deployment',
  'io.k8s.api.apps.v1.ReplicaSet',
  'io.k8s.api.apps.v1.StatefulSet',
  'io.k8s.api.autoscaling.v1.Scale',
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
  'io.k8s.api.coordination.v1.Lease',
  'io.k8s.api.events.v1.Event',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition',
];
const kept = [
  'type',
  'format',
  'required',
  'enum',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
];
const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const byHand: Readonly<Record<string, object>> = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { 'x-kubernetes-int-or-string': true, format: 'quantity' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { type: 'string', format: 'micro-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': anything,
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps': anything,
};

const folder = process.argv[2] ?? '.';
const published: Record<string, OpenApiSchema> = Object.assign({}, ...files.map(readDefinitions));
const definitions: Record<string, object> = {};
for (const root of roots) extract(root);
writeFileSync('src/sandbox/built-in-schemas.json', `${JSON.stringify(definitions)}\n`);
console.log(`${Object.keys(definitions).length} definitions, ${JSON.stringify(definitions).length} bytes`);

function readDefinitions(file: string): Record<string, OpenApiSchema> {
  return JSON.parse(readFileSync(path.join(folder, `${file}_openapi.json`), 'utf8')).components.schemas;
}

function extract(name: string): void {
  if (definitions[name] !== undefined) return;
  definitions[name] = {};
  definitions[name] = byHand[name] ?? essence(published[name] ?? {});
}

function essence(schema: OpenApiSchema): object {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  const facts = Object.fromEntries(kept.filter(key => schema[key] !== undefined).map(key => [key, schema[key]]));
  if (reference !== undefined) {
    const name = reference.slice(reference.lastIndexOf('/') + 1);
    extract(name);
    return { ...facts, $ref: name };
  }
  return {
    ...facts,
    ...(schema.properties === undefined ? {} : { properties: mapValues(schema.properties) }),
    ...(schema.items === undefined ? {} : { items: essence(schema.items) }),
    ...(schema.additionalProperties === undefined
      ? {}
      : { additionalProperties: essence(schema.additionalProperties) }),
  };
}

function mapValues(properties: Readonly<Record<string, OpenApiSchema>>): object {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, essence(schema)]));
}
