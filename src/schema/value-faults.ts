import { invalidField, mistypedField, type StatusCause, tooLongField, unsupportedField } from './field-fault.ts';
import type { Json } from './json.ts';
import { isSameJson } from './json-value.ts';
import { hasFormat } from './string-format.ts';
import type { Schema } from './structural-schema.ts';

export function* typeFaults(value: Json, schema: Schema, path: string): Generator<StatusCause> {
  const expected = expectedType(schema);
  if (expected === undefined || (value === null && schema.nullable === true)) return;
  const actual = typeName(value);
  if (expected.split(',').includes(actual) || (expected === 'number' && actual === 'integer')) return;
  yield mistypedField(path, actual, `${path} in body must be of type ${expected}: ${JSON.stringify(actual)}`);
}

/** A Quantity of a built-in kind is decoded from any number, `0.5` as well; int-or-string takes whole ones. */
function expectedType(schema: Schema): string | undefined {
  if (schema['x-kubernetes-int-or-string'] !== true) return schema.type;
  return schema.format === 'quantity' ? 'integer,number,string' : 'integer,string';
}

export function* enumFaults(value: Json, schema: Schema, path: string): Generator<StatusCause> {
  if (schema.enum === undefined || schema.enum.some(allowed => isSameJson(allowed, value))) return;
  const supported = schema.enum.map(allowed => (typeof allowed === 'string' ? allowed : JSON.stringify(allowed)));
  yield unsupportedField(path, value, supported);
}

/** Checks length and pattern; reports only the first fault. */
export function* stringFaults(value: Json, schema: Schema, path: string): Generator<StatusCause> {
  if (typeof value !== 'string') return;
  const { maxLength, minLength, pattern } = schema;
  const characters = [...value].length;
  if (maxLength !== undefined && characters > maxLength) yield tooLongField(path, maxLength);
  else if (minLength !== undefined && characters < minLength) {
    yield invalidField(path, value, `${path} in body should be at least ${minLength} chars long`);
  } else if (pattern !== undefined && !compilePattern(pattern).test(value)) {
    yield invalidField(path, value, `${path} in body should match '${pattern}'`);
  }
}

export function* formatFaults(value: Json, { format }: Schema, path: string): Generator<StatusCause> {
  if (typeof value !== 'string' || format === undefined || hasFormat(value, format)) return;
  yield mistypedField(path, value, `${path} in body must be of type ${format}: ${JSON.stringify(value)}`);
}

export function* numberFaults(value: Json, schema: Schema, path: string): Generator<StatusCause> {
  if (typeof value !== 'number') return;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (schema.type === 'integer' && !Number.isInteger(value)) {
    yield invalidField('<nil>', '', `Checked value must be of type integer (default format) in ${path}`);
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    yield invalidField(path, value, `${path} in body should be a multiple of ${multipleOf}`);
  }
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    const limit = exclusiveMaximum === true ? 'less than' : 'less than or equal to';
    yield invalidField(path, value, `${path} in body should be ${limit} ${maximum}`);
  }
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    const limit = exclusiveMinimum === true ? 'greater than' : 'greater than or equal to';
    yield invalidField(path, value, `${path} in body should be ${limit} ${minimum}`);
  }
}

const patterns = new Map<string, RegExp>();

/** Compiles a pattern as Go would, as far as JavaScript can: by code points where the pattern allows that. */
function compilePattern(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const compiled = compile(pattern);
  patterns.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
