import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSettings } from '../../src/operator/settings/settings.ts';

test('docs/sre.md lists every settings key, and no other', () => {
  const rows = readFileSync('docs/sre.md', 'utf8').matchAll(/^\| `([A-Za-z.]+)` *\| /gm);
  expect([...rows].map(row => row[1]).sort()).toEqual(
    keysOf(parseSettings({ leaderElection: { namespace: 'own' } })).sort(),
  );
});

/** Lists the paths of the leaves, such as `caps.replicasPerTarget`; lists and open maps are leaves. */
function keysOf(settings: object, prefix = ''): string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    const isGroup =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
    return isGroup ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`];
  });
}
