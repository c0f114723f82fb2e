import { describe, expect, test } from 'vitest';
import { plurals, readDefinition, walk } from '../support/pages/custom-resource-definitions.ts';

/** Names as people give them: sneaker-drop-2026, recommendations, the one policy, and a plan of sneaker-drop. */
const nameWidths = { flashsales: 17, scalingtargets: 15, scalingpolicies: 7, saleplans: 26 };

/** What a column holds at its widest, where its header is not the widest. */
const widths: Readonly<Record<string, number>> = {
  Start: '2026-11-27T20:00:00+01:00'.length,
  Prescale: '2026-11-27T18:58:30Z'.length,
  Mode: 'ForecastOnly'.length,
  Peak: '10000'.length,
  Min: '10000'.length,
  Max: '10000'.length,
};

describe.each(plurals)('crds/%s.yaml', plural => {
  const { root, additionalPrinterColumns: columns } = readDefinition(plural);
  const nodes = walk(root);

  test('describes every field', () => {
    // The API server refuses a description of `metadata`: it specifies that itself.
    expect(pathsWhere(([path, node]) => !node.description && path !== 'metadata')).toEqual([]);
  });

  test('bounds every string, number and list', () => {
    const unbounded = pathsWhere(
      ([path, node]) =>
        !['apiVersion', 'kind'].includes(path) &&
        ((node.type === 'string' && node.maxLength === undefined && node.enum === undefined) ||
          (node.type === 'integer' && (node.minimum === undefined || node.maximum === undefined)) ||
          (node.type === 'array' && node.maxItems === undefined)),
    );
    expect(unbounded).toEqual([]);
  });

  test('has no floats', () => {
    expect(pathsWhere(([, node]) => node.type === 'number')).toEqual([]);
  });

  test('says which lists are sets, which are maps, and which are written as a whole', () => {
    const unsaid = pathsWhere(
      ([path, node]) => node.type === 'array' && node['x-kubernetes-list-type'] === undefined && path !== '',
    );
    expect(unsaid).toEqual([]);
  });

  test('gives every CEL rule a message, and none a messageExpression, which may break the cost budget', () => {
    const rules = nodes.flatMap(([, node]) => node['x-kubernetes-validations'] ?? []);
    expect(rules.filter(rule => !rule.message || rule.messageExpression)).toEqual([]);
  });

  test('prints at most 80 characters by default, and no future time as a date', () => {
    const shown = columns.filter(column => column.priority === undefined);
    const columnWidths = shown.map(({ name }) => Math.max(name.length, widths[name] ?? 0));
    expect(columnWidths.reduce((sum, width) => sum + 3 + width, nameWidths[plural])).toBeLessThanOrEqual(80);
    expect(columns.filter(column => column.type === 'date').map(column => column.name)).toEqual(['Age']);
  });

  function pathsWhere(holds: (entry: (typeof nodes)[number]) => boolean): readonly string[] {
    return nodes.filter(holds).map(([path]) => path);
  }
});
