import { parseOurObject } from '../manifests/parse-our-object.ts';
import type { Remark, Rule } from './finding.ts';

/**
 * Checks objects of Headstart's kinds: their kind itself, unknown fields, the schema and rules of the CRDs, and fields
 * that have no effect yet, which the operator refuses.
 */
export const checkKinds: Rule = {
  code: 'schema',
  check: objects =>
    objects.flatMap((object): readonly Remark[] => {
      const { faults = [], unserved = [] } = parseOurObject(object) ?? {};
      return [
        ...faults.map(({ field, path, message, isKey }) => ({
          object,
          field: path,
          ...(isKey === true ? { part: 'key' as const } : {}),
          message: field === '' ? message : `${field}: ${message}`,
        })),
        ...unserved.map(({ field, isRefused }) => ({
          object,
          field: field.split('.'),
          part: 'key' as const,
          severity: isRefused ? ('error' as const) : ('warning' as const),
          message: `${field} is not acted on yet${isRefused ? ': the operator refuses the object; remove the field' : ''}`,
        })),
      ];
    }),
};
