import type { FlashSale } from './flash-sale.ts';
import type { SalePlan } from './sale-plan.ts';
import type { ScalingPolicy } from './scaling-policy.ts';
import type { ScalingTarget } from './scaling-target.ts';

type Kind = FlashSale | ScalingTarget | ScalingPolicy | SalePlan;

interface UnsupportedField {
  readonly kind: Kind['kind'];
  /** JSON path from the object's root. */
  readonly field: string;
  /** What the schema's default is, where there is one: stating the default asks for nothing. */
  readonly inert?: unknown;
  /** Whether it may forbid a raise: then nothing is raised above what stands. @default false: it is ignored */
  readonly restricts?: true;
}

/**
 * Fields that the schemas have and nothing acts on yet. Stating one gives `Accepted=False`, reason `NotSupported`, by name,
 * so nothing is half-served in silence; all else in the object is served. The table shrinks; a field leaves it in the change
 * that acts on it. The CRDs refuse those that restrict, so only objects stored before have them.
 */
export const notSupported: readonly UnsupportedField[] = [
  { kind: 'FlashSale', field: 'spec.recurrence' },
  { kind: 'FlashSale', field: 'spec.similarTo' },
  { kind: 'ScalingTarget', field: 'spec.objective.query' },
  { kind: 'ScalingTarget', field: 'spec.uses' },
  { kind: 'ScalingPolicy', field: 'spec.approval', restricts: true },
  { kind: 'ScalingPolicy', field: 'spec.limits', restricts: true },
  { kind: 'ScalingPolicy', field: 'spec.freeze' },
  { kind: 'ScalingPolicy', field: 'spec.nodeRoom', inert: 'None' },
  { kind: 'ScalingPolicy', field: 'spec.cost' },
  { kind: 'ScalingPolicy', field: 'spec.stockSource' },
  { kind: 'ScalingPolicy', field: 'spec.notify' },
  { kind: 'SalePlan', field: 'spec.approval' },
];

/** Unserved fields that restrict nothing: an object that states one of them is told so, and not refused for it in a file. */
export const advisoryFields: readonly string[] = [
  'spec.freeze',
  'spec.nodeRoom',
  'spec.cost',
  'spec.stockSource',
  'spec.notify',
];

/** The stated fields of `object` that nothing acts on yet, as JSON paths in the table's order; empty when all are served. */
export function unsupportedFields(object: Kind): readonly string[] {
  return statedFields(object).map(({ field }) => field);
}

/** The stated fields of `object` that nothing acts on yet and that may forbid a raise, as JSON paths; mostly none. */
export function restrictingFields(object: Kind): readonly string[] {
  return statedFields(object).flatMap(({ field, restricts }) => (restricts === true ? [field] : []));
}

/** The sentence for the condition, or undefined when all stated fields are served. */
export function describeUnsupported(object: Kind): string | undefined {
  const [restricting, all] = [restrictingFields(object), unsupportedFields(object)];
  const ignored = all.filter(field => !restricting.includes(field));
  const sentences = [
    ...(restricting.length === 0 ? [] : [`${notActedOn(restricting)}, so nothing is raised above what stands.`]),
    ...(ignored.length === 0 ? [] : [`${notActedOn(ignored)} and ignored; all else is served.`]),
  ];
  if (sentences.length === 0) return undefined;
  return [...sentences, `Remove ${all.length === 1 ? 'it' : 'them'}.`].join(' ');
}

function notActedOn(fields: readonly string[]): string {
  return `${fields.join(', ')} ${fields.length === 1 ? 'is' : 'are'} not acted on yet`;
}

function statedFields(object: Kind): readonly UnsupportedField[] {
  return notSupported.filter(
    ({ kind, field, inert }) => kind === object.kind && isStated(valueAt(object, field), inert),
  );
}

function isStated(value: unknown, inert: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== inert;
}

function valueAt(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, object);
}
