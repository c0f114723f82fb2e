import { parseYaml } from '../../manifests/yaml-document.ts';
import { metadataSchema } from '../../schema/built-in-schema.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { withoutNulls } from '../../schema/json-value.ts';
import { pruneUnknownFields } from '../../schema/schema-pruning.ts';
import { schemaFaults } from '../../schema/schema-validation.ts';
import { groupVersionOf, type ResourceDefinition } from '../objects/resource-definition.ts';
import { dropNulls } from '../objects/schema-defaults.ts';
import { badRequest, StatusError } from '../objects/status-error.ts';
import type { FieldValidation } from './write-options.ts';

const readable = ['application/json', 'application/yaml'];

/**
 * Decodes the object in a request's body.
 *
 * @throws StatusError 400 when it cannot be parsed or is of another kind, 415 for another content type
 */
export function decodeObject(body: string, contentType: string, definition: ResourceDefinition): JsonObject {
  const object = parseBody(body, contentType === '' ? 'application/json' : contentType);
  return checkType(object, definition);
}

/** Parses a body. @throws StatusError 400, 415 */
export function parseBody(body: string, contentType: string): JsonObject {
  if (!readable.includes(contentType)) throw unsupportedMediaType(readable);
  const value = contentType === 'application/json' ? parseJson(body) : parseYamlBody(body);
  if (isJsonObject(value)) return value;
  throw badRequest(`the object provided is unrecognized (must be of type object): ${body.slice(0, 100)}`);
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new StatusError(415, 'UnsupportedMediaType', message);
}

/** A decoded object and the warnings for its writer. */
export interface Admitted {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/**
 * Removes the fields that the schema does not have.
 *
 * @throws StatusError 400 for unknown fields under Strict, and for values that a built-in type cannot hold
 */
export function admitFields(object: JsonObject, definition: ResourceDefinition, validation: FieldValidation): Admitted {
  const { value, unknown } = pruneUnknownFields(object, definition.schema);
  const complaints = unknown.map(field => `unknown field ${JSON.stringify(field)}`);
  if (validation === 'Strict' && complaints.length > 0) {
    throw cannotHandle(definition, `strict decoding error: ${complaints.join(', ')}`);
  }
  const warnings = validation === 'Warn' ? complaints : [];
  const typed = definition.custom ? dropNulls(value, definition.schema) : withoutNulls(value);
  const [mistyped] = definition.custom
    ? schemaFaults(typed.metadata ?? {}, metadataSchema(), 'metadata')
    : schemaFaults(typed, definition.schema, '');
  if (mistyped !== undefined) {
    throw cannotHandle(definition, `json: cannot unmarshal field .${mistyped.field}: ${mistyped.message}`);
  }
  return { object: typed, warnings };
}

function cannotHandle({ kind, version }: ResourceDefinition, why: string): StatusError {
  return badRequest(`${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${why}`);
}

function checkType(object: JsonObject, definition: ResourceDefinition): JsonObject {
  const [apiVersion, { kind }] = [groupVersionOf(definition), definition];
  const given = { apiVersion: object.apiVersion ?? '', kind: object.kind ?? '' };
  if (definition.custom && given.kind === '') {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(object)}'`);
  }
  if (given.apiVersion !== '' && given.apiVersion !== apiVersion) {
    throw badRequest(
      `the API version in the data (${given.apiVersion}) does not match the expected API version (${apiVersion})`,
    );
  }
  if (given.kind !== '' && given.kind !== kind) {
    throw badRequest(`${given.kind} in version ${JSON.stringify(definition.version)} cannot be handled as a ${kind}`);
  }
  return { ...object, apiVersion, kind };
}

function parseJson(body: string): Json {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : ''}`);
  }
}

function parseYamlBody(body: string): Json {
  try {
    return parseYaml(body);
  } catch (error) {
    throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : ''}`);
  }
}
