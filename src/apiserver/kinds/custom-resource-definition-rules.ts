import type { StatusCause } from '../../schema/field-fault.ts';
import { invalidField, requiredField, unsupportedField } from '../../schema/field-fault.ts';
import { isJsonObject, type JsonObject } from '../../schema/json.ts';
import { objectIn, objectsIn, textIn, withDefaults } from '../objects/json-access.ts';
import type { KindRules } from '../objects/kind-rules.ts';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** CustomResourceDefinition. @see pkg/apis/apiextensions/{v1/defaults,validation/validation}.go of the apiextensions API server */
export const customResourceDefinitionRules: KindRules = {
  fillDefaults: object => {
    const spec = withDefaults(objectIn(object, 'spec'), { conversion: { strategy: 'None' } });
    const names = objectIn(spec, 'names');
    const kind = textIn(names, 'kind');
    const filled = withDefaults(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
    return { ...object, spec: { ...spec, names: filled } };
  },
  faults: object => [...definitionFaults(object)],
  initialStatus: {},
  blank: { metadata: {}, spec: { group: '', names: { plural: '', kind: '' }, scope: '', versions: null }, status: {} },
};

function* definitionFaults(object: JsonObject): Generator<StatusCause> {
  const spec = objectIn(object, 'spec');
  const names = objectIn(spec, 'names');
  const [group, plural] = [textIn(spec, 'group'), textIn(names, 'plural')];
  if (group === '') yield requiredField('spec.group');
  if (plural === '') yield requiredField('spec.names.plural');
  if (textIn(names, 'kind') === '') yield requiredField('spec.names.kind');
  const expected = `${plural}.${group}`;
  const name = textIn(objectIn(object, 'metadata'), 'name');
  if (name !== expected) yield invalidField('metadata.name', name, 'must be spec.names.plural+"."+spec.group');
  const scope = textIn(spec, 'scope');
  if (scope !== 'Namespaced' && scope !== 'Cluster') {
    yield unsupportedField('spec.scope', scope, ['Cluster', 'Namespaced']);
  }
  yield* versionFaults(objectsIn(spec, 'versions'));
}

function* versionFaults(versions: readonly JsonObject[]): Generator<StatusCause> {
  if (versions.filter(({ storage }) => storage === true).length !== 1) {
    yield invalidField('spec.versions', versions, 'must have exactly one version marked as storage version');
  }
  for (const [index, version] of versions.entries()) {
    const path = `spec.versions[${index}].schema.openAPIV3Schema`;
    const schema = objectIn(version, 'schema').openAPIV3Schema;
    if (!isJsonObject(schema)) yield requiredField(path, 'schemas are required');
    else {
      if (schema.type !== 'object') yield invalidField(`${path}.type`, schema.type ?? '', 'must be object at the root');
      yield* schemaFaults(schema, path);
    }
  }
}

/**
 * Yields what makes a schema not structural: each node needs a type, each list items, and list keys must name fields
 * that always exist.
 */
function* schemaFaults(schema: JsonObject, path: string): Generator<StatusCause> {
  const type = textIn(schema, 'type');
  const isFree =
    schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (type === '' && !isFree) yield requiredField(`${path}.type`, 'must not be empty for specified object fields');
  if (type !== '' && !types.includes(type)) yield unsupportedField(`${path}.type`, type, types);
  if (type === 'array' && !isJsonObject(schema.items)) yield requiredField(`${path}.items`, 'must be specified');
  const { items, additionalProperties } = schema;
  for (const [name, property] of Object.entries(objectIn(schema, 'properties'))) {
    if (isJsonObject(property)) yield* schemaFaults(property, `${path}.properties[${name}]`);
  }
  if (isJsonObject(items)) yield* schemaFaults(items, `${path}.items`);
  if (isJsonObject(additionalProperties)) yield* schemaFaults(additionalProperties, `${path}.additionalProperties`);
  yield* listKeyFaults(schema, path);
}

function* listKeyFaults(schema: JsonObject, path: string): Generator<StatusCause> {
  if (schema['x-kubernetes-list-type'] !== 'map') return;
  const keys = schema['x-kubernetes-list-map-keys'];
  const items = objectIn(schema, 'items');
  if (!Array.isArray(keys) || keys.length === 0) {
    yield requiredField(`${path}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map');
    return;
  }
  const required = Array.isArray(items.required) ? items.required : [];
  for (const key of keys) {
    const property = objectIn(objectIn(items, 'properties'), String(key));
    if (property.default === undefined && !required.includes(key)) {
      const why = 'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
      yield requiredField(`${path}.items.properties[${String(key)}].default`, why);
    }
  }
}
