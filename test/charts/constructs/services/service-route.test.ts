import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentFacts } from '../../../../charts/facts/environment-schema.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';

const own = readOwnFacts();

interface Rule {
  readonly name: string;
  readonly matches: readonly {
    readonly path: { readonly value: string };
    readonly headers?: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly filters: readonly {
    readonly requestHeaderModifier?: { readonly remove: readonly string[] };
    readonly responseHeaderModifier?: { readonly set: readonly { readonly name: string; readonly value: string }[] };
  }[];
  readonly backendRefs: readonly { readonly name: string }[];
}

const rules = rulesOf({});

describe('the Cache-Control header', () => {
  const setting = rules.filter(({ filters }) => filters.some(each => each.responseHeaderModifier !== undefined));

  test('is set on the product paths that the storefront lists, and nowhere else', () => {
    const paths = setting.flatMap(({ matches }) => matches.map(({ path }) => path.value));
    expect([...new Set(paths)].sort()).toEqual(['/categories', '/products']);
  });

  test('is not the edge’s on /, on errors and on personal pages: their rule sets none', () => {
    const root = rules.filter(({ matches }) => matches.some(({ path }) => path.value === '/'));
    expect(root.length).toBeGreaterThan(0);
    expect(root.filter(({ filters }) => filters.some(each => each.responseHeaderModifier !== undefined))).toEqual([]);
  });
});

describe('the header x-marketplace-backend', () => {
  test('goes with no request past the edge', () => {
    const kept = rules.filter(
      ({ filters }) => !filters.some(each => each.requestHeaderModifier?.remove.includes('x-marketplace-backend')),
    );
    expect(rules.length).toBeGreaterThan(4);
    expect(kept).toEqual([]);
  });

  test('moves no load without a key', () => {
    expect(rules.filter(({ matches }) => matches.some(each => each.headers !== undefined))).toEqual([]);
  });

  test('moves a request to the monolith with the environment’s key alone', () => {
    const rollbackKey = 'Zq8-long-and-hard-to-guess';
    const matching = rulesOf({ rollbackKey }).filter(({ matches }) => matches.some(each => each.headers !== undefined));
    expect(matching.length).toBeGreaterThan(0);
    for (const { matches, backendRefs } of matching) {
      expect(matches[0]?.headers).toEqual([{ name: 'x-marketplace-backend', value: rollbackKey }]);
      expect(backendRefs.map(({ name }) => name)).toEqual(['monolith']);
    }
  });
});

function rulesOf(change: Partial<EnvironmentFacts>): readonly Rule[] {
  const environments = own.environments.map(each => (each.name === 'production' ? { ...each, ...change } : each));
  const files = synthesize({ ...own, environments }, { image: 'headstart:0', definitions: [] });
  return [...files]
    .filter(([file]) => file.startsWith('production/') && file.includes('/httproute.'))
    .flatMap(([, text]) => parse(text).spec.rules);
}
