import { closestWord } from '../../api/faults/closest-word.ts';
import type { Remark, Rule } from '../finding.ts';

/** Checks that the namespace of an object is no slip of one that is among the objects. */
export const checkNamespaces: Rule = {
  code: 'missing-reference',
  check: objects => {
    const declared = objects
      .filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1')
      .map(({ name }) => name);
    const strays = new Map(
      [...new Set(objects.map(({ namespace }) => namespace))].flatMap(namespace => {
        if (namespace === '' || namespace === 'default' || declared.includes(namespace)) return [];
        const near = closestWord(namespace, declared);
        return near === undefined || isAnother(namespace, near) ? [] : [[namespace, near] as const];
      }),
    );
    return objects.flatMap((object): readonly Remark[] => {
      const near = strays.get(object.namespace);
      if (near === undefined) return [];
      const message = `Namespace ${object.namespace} is not in this folder; did you mean ${near}?`;
      return [{ object, field: ['metadata', 'namespace'], message }];
    });
  },
};

/** Whether two names are of a series, as `team-a` and `team-b`, `shop-1` and `shop-2`, or `prod` and `prod-eu`. */
function isAnother(one: string, other: string): boolean {
  const [a, b] = [one, other].map(name => name.replaceAll(/\d/g, '').split('-'));
  if (a === undefined || b === undefined || a.join('-') === b.join('-')) return true;
  return (
    a.length !== b.length ||
    a.some((part, index) => part !== b[index] && Math.min(part.length, b[index]?.length ?? 0) < 3)
  );
}
