import { parseOurObject } from '../manifests/parse-our-object.ts';
import type { Remark, Rule } from './finding.ts';

/**
 * Checks objects of Headstart's kinds: their kind itself, unknown fields, the schema and rules of the CRDs.
 */
export const checkKinds: Rule = {
  code: 'schema',
  check: objects =>
    objects.flatMap((object): readonly Remark[] => {
      const { faults = [] } = parseOurObject(object) ?? {};
      return faults.map(({ field, path, message, isKey }) => ({
        object,
        field: path,
        ...(isKey === true ? { part: 'key' as const } : {}),
        message: field === '' ? message : `${field}: ${message}`,
      }));
    }),
};
