import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import { badRequest } from '../objects/status-error.ts';

/**
 * Parses the fieldSelector of a list or watch: `metadata.name=checkout`, `metadata.namespace!=shop`, and further fields
 * that the kind offers (`status.phase` of pods, the selectableFields of a CustomResourceDefinition).
 *
 * @throws StatusError 400 with the field or the requirement that is not supported
 */
export function parseFieldSelector(selector: string, definition: ResourceDefinition): (object: JsonObject) => boolean {
  const matchers = selector
    .split(',')
    .filter(text => text.trim() !== '')
    .map(text => parseRequirement(text, definition));
  return object => matchers.every(matches => matches(object));
}

function parseRequirement(text: string, definition: ResourceDefinition): (object: JsonObject) => boolean {
  const found = /^\s*([^!=\s]+)\s*(==?|!=)\s*(.*?)\s*$/.exec(text);
  const [, field, operator, value = ''] = found ?? [];
  if (field === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  checkField(field, definition);
  const isEqual = operator !== '!=';
  return object => (textAt(object, field.split('.')) === value) === isEqual;
}

function checkField(field: string, definition: ResourceDefinition): void {
  if (field === 'metadata.name' || field === 'metadata.namespace') return;
  if (definition.selectableFields?.includes(field)) return;
  if (definition.custom) throw badRequest(`field label not supported: ${field}`);
  throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
}

function textAt(object: JsonObject, [field, ...rest]: readonly string[]): string {
  const value: Json | undefined = field === undefined ? undefined : ownValue(object, field);
  if (rest.length > 0) return isJsonObject(value) ? textAt(value, rest) : '';
  return value === undefined || value === null ? '' : String(value);
}
