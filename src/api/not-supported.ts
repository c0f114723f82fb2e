import type { FlashSale } from './flash-sale.ts';
import type { SalePlan } from './sale-plan.ts';
import type { ScalingPolicy } from './scaling-policy.ts';
import type { ScalingTarget } from './scaling-target.ts';

type Kind = FlashSale | ScalingTarget | ScalingPolicy | SalePlan;

interface UnsupportedField {
  readonly kind: Kind['kind'];
  /** JSON path from the object's root. */
  readonly field: string;
  /** Values that are served; stating one of them needs nothing else. @default none */
  readonly served?: readonly unknown[];
}

/**
 * Fields that the schemas have and nothing acts on yet. An object that states one gets `Accepted=False` with reason
 * `NotSupported` and the field's name, so that no field is ignored silently; its other fields take effect. A change
 * that implements a field removes it here.
 */
export const notSupported: readonly UnsupportedField[] = [
  { kind: 'ScalingPolicy', field: 'spec.nodeRoom', served: ['None', 'PlaceholderPods'] },
];

/** Unsupported fields of a policy: an object in a file that states one gets advice, not an error. */
export const advisoryFields: readonly string[] = ['spec.nodeRoom'];

/**
 * Returns the stated fields of `object` that nothing acts on yet, as JSON paths in the table's order; empty when there
 * are none.
 */
export function unsupportedFields(object: Kind): readonly string[] {
  return statedFields(object).map(({ field }) => field);
}

/** Describes the unsupported fields for the condition; undefined when there are none. */
export function describeUnsupported(object: Kind): string | undefined {
  const fields = statedFields(object).map(({ field, served }) =>
    served === undefined ? field : `${field} ${String(valueAt(object, field))}`,
  );
  if (fields.length === 0) return undefined;
  const [are, them] = fields.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${fields.join(', ')} ${are} not acted on yet and ignored; all else is served. Remove ${them}.`;
}

function statedFields(object: Kind): readonly UnsupportedField[] {
  return notSupported.filter(
    ({ kind, field, served = [] }) => kind === object.kind && isStated(valueAt(object, field), served),
  );
}

function isStated(value: unknown, served: readonly unknown[]): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && !served.includes(value);
}

function valueAt(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, object);
}
