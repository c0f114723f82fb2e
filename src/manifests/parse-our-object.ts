import { type FieldFault, ParseError, unknownKey } from '../api/faults/parse-error.ts';
import { type FlashSale, parseFlashSale } from '../api/flash-sale.ts';
import { apiVersion } from '../api/group.ts';
import { parseScalingPolicy, type ScalingPolicy } from '../api/scaling-policy.ts';
import { parseScalingTarget, type ScalingTarget } from '../api/scaling-target.ts';
import { metadataSchema } from '../schema/built-in-schema.ts';
import { isJsonObject } from '../schema/json.ts';
import type { ManifestObject } from './manifest-object.ts';
import { meantKind, type OurKind } from './our-kind.ts';
import { misreadNumbers } from './written-number.ts';

const parsers = { FlashSale: parseFlashSale, ScalingPolicy: parseScalingPolicy, ScalingTarget: parseScalingTarget };

type Parsed = FlashSale | ScalingPolicy | ScalingTarget;

/** A parsed manifest of one of Headstart's kinds, and its faults. */
export interface OurObject {
  readonly kind: OurKind | undefined;
  /** Parsed object; undefined when it has a fault. */
  readonly parsed: Parsed | undefined;
  /** Faults that the API server or the operator refuses, in the order of the text. */
  readonly faults: readonly FieldFault[];
}

/**
 * Parses a manifest as the kind that it is meant to be and lists all faults, so that every command judges it alike.
 * Returns undefined for kinds that are not Headstart's.
 */
export function parseOurObject(object: ManifestObject): OurObject | undefined {
  const known = parsedBefore.get(object);
  if (known !== undefined) return known.result;
  const result = parseAsMeant(object);
  parsedBefore.set(object, { result });
  return result;
}

/** Results by object: a folder's rules ask for each target many times. */
const parsedBefore = new WeakMap<ManifestObject, { readonly result: OurObject | undefined }>();

function parseAsMeant(object: ManifestObject): OurObject | undefined {
  const meant = meantKind(object);
  if (meant === undefined) return undefined;
  const { kind } = meant;
  const slips = meant.slips.map(({ field, message }) => ({ field: '', path: [field], message }));
  if (kind === undefined) return { kind, parsed: undefined, faults: slips };
  if (kind === 'SalePlan') {
    const faults = [{ field: '', path: [], message: 'is written by the operator and does not belong in Git' }];
    return { kind, parsed: undefined, faults };
  }
  const { parsed, faults } = tryToParse(parsers[kind], asMeant(object, kind));
  const misread = misreadNumbers(object);
  const better = new Set(misread.map(({ field }) => field));
  const told = faults.filter(({ field }) => !better.has(field)).map(fault => withWord(fault, object));
  const all = [...slips, ...keyFaults(object), ...misread, ...told];
  return {
    kind,
    parsed: all.length === 0 ? parsed : undefined,
    faults: all,
  };
}

function tryToParse(
  parse: (value: unknown) => Parsed,
  value: unknown,
): { readonly parsed: Parsed | undefined; readonly faults: readonly FieldFault[] } {
  try {
    return { parsed: parse(value), faults: [] };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { parsed: undefined, faults: error.faults };
  }
}

/** Returns the object with the kind that it is meant to be, and with a name when the API server would complete it. */
function asMeant({ value, name }: ManifestObject, kind: string): Readonly<Record<string, unknown>> {
  const { metadata } = value;
  const named =
    isJsonObject(metadata) && typeof metadata.name !== 'string'
      ? { ...metadata, name: name.replace(/\*$/, '00001') }
      : metadata;
  return { ...value, apiVersion, kind, metadata: named };
}

/** Finds keys beside spec and in metadata that no object has: the API server drops them silently or refuses them. */
function keyFaults({ value }: ManifestObject): readonly FieldFault[] {
  const own = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
  const { metadata } = value;
  const known = Object.keys(metadataSchema().properties ?? {});
  const inMetadata = isJsonObject(metadata) ? Object.keys(metadata).filter(key => !known.includes(key)) : [];
  return [
    ...Object.keys(value)
      .filter(key => !own.includes(key))
      .map(key => unknownKey([key], value, own)),
    ...inMetadata.map(key => unknownKey(['metadata', key], value, known)),
  ];
}

/** Adds the written word to a fault when YAML reads it as something else: `no` is false. */
function withWord(fault: FieldFault, object: ManifestObject): FieldFault {
  const word = object.wordAt(fault.path);
  const value = fault.path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    object.value,
  );
  if (word === undefined || value === null || typeof value === 'string' || word === String(value)) return fault;
  return { ...fault, message: `${fault.message} (YAML reads ${word} as ${value})` };
}
