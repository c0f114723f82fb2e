import { formatInstant } from '../../api/instant.ts';

/** Fields of plans, glances and forecasts that hold an instant in epoch ms. */
const instantFields = new Set([
  'now',
  'next',
  'start',
  'end',
  'prescaleTime',
  'peakTime',
  'since',
  'heldUntil',
  'at',
  'origin',
  'fittedAt',
]);

/** Copies a value as it is printed for programs: instants as RFC 3339 in UTC, as in our objects, and maps as objects. */
export function withInstants(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, printed));
}

function printed(field: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return instantFields.has(field) && typeof value === 'number' ? formatInstant(value) : value;
}
