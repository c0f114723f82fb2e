/** One invalid field, as Kubernetes' `StatusCause`. */
export interface StatusCause {
  /** `FieldValueInvalid`, `FieldManagerConflict` and so on. */
  readonly reason: string;
  readonly message: string;
  /** A JSON path, such as `spec.maxReplicas`. */
  readonly field: string;
}

/** Faults in the wording of Kubernetes' `field.Error`; `field` is the JSON path, empty for the whole object. */
export function requiredField(field: string, why = ''): StatusCause {
  return cause('FieldValueRequired', field, `Required value${because(why)}`);
}

export function invalidField(field: string, value: unknown, why: string): StatusCause {
  return cause('FieldValueInvalid', field, `Invalid value: ${print(value)}${because(why)}`);
}

export function mistypedField(field: string, value: unknown, why: string): StatusCause {
  return cause('FieldValueTypeInvalid', field, `Invalid value: ${print(value)}${because(why)}`);
}

export function unsupportedField(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const values = supported.map(text => JSON.stringify(text)).join(', ');
  return cause('FieldValueNotSupported', field, `Unsupported value: ${print(value)}: supported values: ${values}`);
}

export function forbiddenField(field: string, why: string): StatusCause {
  return cause('FieldValueForbidden', field, `Forbidden: ${why}`);
}

export function duplicateField(field: string, value: unknown): StatusCause {
  return cause('FieldValueDuplicate', field, `Duplicate value: ${print(value)}`);
}

export function tooLongField(field: string, maxBytes: number): StatusCause {
  const limit = `may not be more than ${maxBytes} ${maxBytes === 1 ? 'byte' : 'bytes'}`;
  return cause('FieldValueTooLong', field, `Too long: ${limit}`);
}

export function tooManyField(field: string, count: number, max: number): StatusCause {
  return cause(
    'FieldValueTooMany',
    field,
    `Too many: ${count}: must have at most ${max} ${max === 1 ? 'item' : 'items'}`,
  );
}

/** The path of a field in the object at `path`. */
export function childPath(path: string, name: string): string {
  return path === '' || name === '' ? path + name : `${path}.${name}`;
}

function cause(reason: string, field: string, message: string): StatusCause {
  return { reason, message, field };
}

function because(why: string): string {
  return why === '' ? '' : `: ${why}`;
}

function print(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}
