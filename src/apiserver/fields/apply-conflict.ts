import { StatusError } from '../objects/status-error.ts';
import { formatElement } from './config-faults.ts';
import { type FieldPath, pathsOf } from './field-set.ts';
import type { Manager, Ownership } from './managed-fields.ts';

/** The 409 for fields that other managers hold: each field with the managers, in the real server's wording. */
export function applyConflict(held: readonly Ownership[]): StatusError {
  const conflicts = held.flatMap(owner =>
    [...pathsOf(owner.fields)].map(path => ({ by: formatManager(owner), field: formatPath(path) })),
  );
  const causes = conflicts.map(({ by, field }) => {
    return { reason: 'FieldManagerConflict', message: `conflict with ${by}`, field };
  });
  return new StatusError(409, 'Conflict', formatMessage(conflicts), { details: { causes } });
}

interface Conflict {
  readonly by: string;
  readonly field: string;
}

function formatMessage(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined) {
    return `Apply failed with 1 conflict: conflict with ${first.by}: ${first.field}`;
  }
  const managers = [...Map.groupBy(conflicts, ({ by }) => by)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = managers.flatMap(([by, fields]) => [
    `conflicts with ${by}:`,
    ...fields.map(({ field }) => `- ${field}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function formatManager({ manager }: { readonly manager: Manager }): string {
  const { name, operation, apiVersion, subresource } = manager;
  const through = subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  const by = `${JSON.stringify(name)}${through}`;
  return operation === 'Update' ? `${by} using ${apiVersion}` : by;
}

/** Formats a field path: `.spec.minReplicas`, `.status.conditions[type="Ready"].status`. */
function formatPath(path: FieldPath): string {
  return path.map(element => (element.startsWith('f:') ? `.${element.slice(2)}` : formatElement(element))).join('');
}
