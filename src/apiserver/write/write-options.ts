import type { StatusCause } from '../../schema/field-fault.ts';
import { forbiddenField, requiredField, tooLongField, unsupportedField } from '../../schema/field-fault.ts';
import { invalid } from '../objects/status-error.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** The options of a write. */
export interface WriteRequest {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
  readonly force: boolean;
}

const maxManagerLength = 128;

type OptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions';

/**
 * @param kind selects the rules: only an apply patch may use force, and only there a field manager is required
 * @param userAgent supplies the manager's name when the query does not
 * @throws StatusError 422 with the invalid parameter
 */
export function parseWriteOptions(
  query: URLSearchParams,
  kind: OptionsKind,
  { userAgent, isApply = false }: { readonly userAgent: string; readonly isApply?: boolean },
): WriteRequest {
  const fieldManager = query.get('fieldManager') ?? '';
  const fieldValidation = query.get('fieldValidation') ?? '';
  const causes = [...faults(query, kind, isApply)];
  if (causes.length > 0) throw invalid({ group: 'meta.k8s.io', plural: '', kind }, '', causes);
  return {
    dryRun: query.getAll('dryRun').includes('All'),
    fieldManager: fieldManager === '' ? managerOf(userAgent) : fieldManager,
    fieldValidation: fieldValidation === '' ? 'Warn' : (fieldValidation as FieldValidation),
    force: parseBoolean(query, 'force'),
  };
}

function* faults(query: URLSearchParams, kind: OptionsKind, isApply: boolean): Generator<StatusCause> {
  const fieldManager = query.get('fieldManager') ?? '';
  if (isApply && fieldManager === '') yield requiredField('fieldManager', 'is required for apply patch');
  if (kind === 'PatchOptions' && !isApply && query.has('force')) {
    yield forbiddenField('force', 'may not be specified for non-apply patch');
  }
  if (fieldManager.length > maxManagerLength) yield tooLongField('fieldManager', maxManagerLength);
  const dryRun = query.getAll('dryRun').filter(value => value !== '');
  if (dryRun.some(value => value !== 'All')) yield unsupportedField('dryRun', dryRun, ['All']);
  const fieldValidation = query.get('fieldValidation') ?? '';
  const supported = ['', 'Ignore', 'Strict', 'Warn'];
  if (!supported.includes(fieldValidation)) yield unsupportedField('fieldValidation', fieldValidation, supported);
}

/** The manager's name from a user agent: `kubectl/v1.36` is `kubectl`. */
function managerOf(userAgent: string): string {
  return userAgent.split('/')[0]?.slice(0, maxManagerLength) || 'unknown';
}

/** Reads a flag as the real server does: anything but `false` and `0` is true. */
function parseBoolean(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  return text !== null && text !== 'false' && text !== '0';
}
