/**
 * Writes src/schema/built-in-schemas.json from the OpenAPI files that Kubernetes publishes with its source
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

interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, OpenApiSchema>> };
  readonly paths: Readonly<Record<string, { readonly post?: OpenApiPost }>>;
}

interface OpenApiPost {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> };
  readonly 'x-kubernetes-group-version-kind'?: {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  };
}

interface CreatedKind {
  readonly schema: string;
  readonly namespaced: boolean;
}

const files = [
  'api__v1',
  'apis__admissionregistration.k8s.io__v1',
  'apis__apiextensions.k8s.io__v1',
  'apis__apiregistration.k8s.io__v1',
  'apis__apps__v1',
  'apis__autoscaling__v1',
  'apis__autoscaling__v2',
  'apis__batch__v1',
  'apis__certificates.k8s.io__v1',
  'apis__coordination.k8s.io__v1',
  'apis__discovery.k8s.io__v1',
  'apis__events.k8s.io__v1',
  'apis__networking.k8s.io__v1',
  'apis__node.k8s.io__v1',
  'apis__policy__v1',
  'apis__rbac.authorization.k8s.io__v1',
  'apis__scheduling.k8s.io__v1',
  'apis__storage.k8s.io__v1',
];
const kept = [
  'type',
  'format',
  'required',
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
  'io.k8s.apimachinery.pkg.runtime.RawExtension': anything,
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps': anything,
};

const folder = process.argv[2] ?? '.';
const documents = files.map(readDocument);
const published: Record<string, OpenApiSchema> = Object.assign({}, ...documents.map(each => each.components.schemas));
const definitions: Record<string, object> = {};
const kinds = Object.fromEntries(documents.flatMap(createdKinds).sort(([a], [b]) => (a < b ? -1 : 1)));
for (const { schema } of Object.values(kinds)) extract(schema);
extract('io.k8s.api.autoscaling.v1.Scale');
writeFileSync('src/schema/built-in-schemas.json', `${JSON.stringify({ kinds, definitions })}\n`);
console.log(`${Object.keys(kinds).length} kinds, ${Object.keys(definitions).length} definitions`);

function readDocument(file: string): OpenApiDocument {
  return JSON.parse(readFileSync(path.join(folder, `${file}_openapi.json`), 'utf8'));
}

/** `apps/v1 Deployment`, and what describes it, for each kind that can be created by a plain POST. */
function createdKinds({ paths }: OpenApiDocument): readonly (readonly [string, CreatedKind])[] {
  return Object.entries(paths).flatMap(([address, { post }]) => {
    const named = post?.['x-kubernetes-group-version-kind'];
    const body = post?.requestBody?.content['*/*']?.schema.$ref;
    if (named === undefined || body === undefined || address.includes('{name}')) return [];
    const apiVersion = named.group === '' ? named.version : `${named.group}/${named.version}`;
    const schema = body.slice(body.lastIndexOf('/') + 1);
    return [[`${apiVersion} ${named.kind}`, { schema, namespaced: address.includes('{namespace}') }] as const];
  });
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
