import { closestWord } from '../api/faults/closest-word.ts';
import { group, apiVersion as ours } from '../api/group.ts';
import { isBuiltInGroup } from '../schema/built-in-kinds.ts';
import type { ManifestObject } from './manifest-object.ts';

const kinds = ['FlashSale', 'ScalingTarget', 'ScalingPolicy', 'SalePlan'] as const;

/** One of Headstart's kinds. */
export type OurKind = (typeof kinds)[number];

/** The kind that an object is meant to be, and the misspelling of its kind or apiVersion. */
export interface MeantKind {
  /** Kind that is meant; undefined when the group is Headstart's and the kind resembles none of its kinds. */
  readonly kind: OurKind | undefined;
  readonly slips: readonly { readonly field: 'apiVersion' | 'kind'; readonly message: string }[];
}

/**
 * Returns which of Headstart's kinds an object is meant to be; undefined for those of others.
 *
 *   apiVersion                kind         →  meant
 *   headstart.dev/v1alpha1    FlashSale       FlashSale
 *   headstart.dev/v1alpha1    Flashsale       FlashSale, a slip in kind
 *   headstart.dev/v1          FlashSale       FlashSale, a slip in apiVersion
 *   headstar.dev/v1alpha1     FlashSale       FlashSale, a slip in apiVersion
 *   v1                        FlashSale       FlashSale, a slip in apiVersion
 *   headstart.dev/v1alpha1    Basket          nothing, a slip in kind
 *   shop.example/v1           ScalingPolicy   somebody else's
 */
export function meantKind({ apiVersion, kind }: Pick<ManifestObject, 'apiVersion' | 'kind'>): MeantKind | undefined {
  const key = `${apiVersion} ${kind}`;
  if (!meantBefore.has(key)) meantBefore.set(key, findMeantKind({ apiVersion, kind }));
  return meantBefore.get(key);
}

/** Answers by apiVersion and kind: there are few, and every rule asks for each object. */
const meantBefore = new Map<string, MeantKind | undefined>();

function findMeantKind({ apiVersion, kind }: Pick<ManifestObject, 'apiVersion' | 'kind'>): MeantKind | undefined {
  const itsGroup = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : apiVersion;
  const meant = closestWord(kind.replace(/s$/, ''), kinds) as OurKind | undefined;
  const isOurGroup = closestWord(itsGroup, [group]) !== undefined;
  const isMisplaced = isBuiltInGroup(apiVersion) && kinds.some(each => each.toLowerCase() === kind.toLowerCase());
  if (!isOurGroup && !isMisplaced && meant !== 'FlashSale') return undefined;
  const kindSlip = kind === meant ? [] : [{ field: 'kind' as const, message: describeKind(kind, meant) }];
  const versionSlip =
    apiVersion === ours
      ? []
      : [
          {
            field: 'apiVersion' as const,
            message: `${apiVersion} is not an apiVersion of ${meant ?? group}; write ${ours}`,
          },
        ];
  return { kind: meant, slips: [...versionSlip, ...kindSlip] };
}

function describeKind(kind: string, meant: OurKind | undefined): string {
  const known = `${kinds.slice(0, 3).join(', ')} and ${kinds[3]} are`;
  return `${kind} is not a kind of ${group}; ${meant === undefined ? known : `did you mean ${meant}?`}`;
}
