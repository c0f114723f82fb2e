import { parseFlashSale } from '../api/flash-sale.ts';
import { group } from '../api/group.ts';
import { unsupportedFields } from '../api/not-supported.ts';
import { ParseError } from '../api/parse-error.ts';
import { parseScalingPolicy } from '../api/scaling-policy.ts';
import { parseScalingTarget } from '../api/scaling-target.ts';
import { pathOf } from './check-schemas.ts';
import type { Remark, Rule } from './finding.ts';
import type { ManifestObject } from './manifest-object.ts';

const parsers = { FlashSale: parseFlashSale, ScalingPolicy: parseScalingPolicy, ScalingTarget: parseScalingTarget };

/**
 * Checks objects of Headstart's kinds: their schema, unknown fields, the rules of the CRDs, and fields that have no
 * effect yet.
 */
export const checkKinds: Rule = {
  name: 'schema',
  check: objects => objects.filter(object => object.apiVersion.startsWith(`${group}/`)).flatMap(checkKind),
};

function checkKind(object: ManifestObject): readonly Remark[] {
  if (object.kind === 'SalePlan') return [{ object, message: 'is written by the operator and does not belong in Git' }];
  if (!isKnown(object.kind)) return [{ object, field: ['kind'], message: `${object.kind} is not a kind of ${group}` }];
  try {
    const parsed = parsers[object.kind](object.value);
    return unsupportedFields(parsed).map(field => ({
      object,
      field: field.split('.'),
      severity: 'warning' as const,
      message: `${field} is not acted on yet`,
    }));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return error.faults.map(({ field, message }) => ({
      object,
      field: pathOf(field),
      message: field === '' ? message : `${field}: ${message}`,
    }));
  }
}

function isKnown(kind: string): kind is keyof typeof parsers {
  return Object.hasOwn(parsers, kind);
}
