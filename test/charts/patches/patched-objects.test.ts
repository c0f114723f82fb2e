import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Facts } from '../../../charts/facts/facts-schema.ts';
import { readFacts } from '../../../charts/facts/read-facts.ts';
import { type PatchFacts, patchSchema } from '../../../charts/patches/patch-schema.ts';
import { synthesize } from '../../../charts/synthesize.ts';

const options = { image: 'headstart:0', definitions: ['kind: CustomResourceDefinition\n'] };
const bookshop = readFacts('test/support/shops/java-monolith.yaml');
const because = 'the licence server has no name in DNS';
const shopWith = (...patches: readonly unknown[]): Facts => ({
  ...bookshop,
  patches: patches.map((patch): PatchFacts => patchSchema.parse(patch)),
});
const before = synthesize(bookshop, options);
const target = { kind: 'Deployment', name: 'books', because };

/** The files that differ from those without patches. */
function changedBy(facts: Facts): readonly string[] {
  const after = synthesize(facts, options);
  return [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
}

describe('a patch', () => {
  const aliases = [{ ip: '10.1.2.3', hostnames: ['licences'] }];
  test.each([
    ['of operations', { json: [{ op: 'add', path: '/spec/template/spec/hostAliases', value: aliases }] }],
    ['that is merged', { merge: { spec: { template: { spec: { hostAliases: aliases } } } } }],
  ])('%s changes its object, and the index', (_title, change) => {
    const facts = shopWith({ ...target, ...change });
    expect(changedBy(facts)).toEqual(['index.md', 'live/books/deployment.books.yaml']);
    const { spec } = parse(synthesize(facts, options).get('live/books/deployment.books.yaml') ?? '').spec.template;
    expect(spec.hostAliases).toEqual(aliases);
    expect(spec.containers).toHaveLength(1);
  });

  test('that merges null removes a field', () => {
    const facts = shopWith({ ...target, merge: { spec: { progressDeadlineSeconds: null } } });
    const { spec } = parse(synthesize(facts, options).get('live/books/deployment.books.yaml') ?? '');
    expect(spec).not.toHaveProperty('progressDeadlineSeconds');
  });

  test('changes one object of install.yaml, too', () => {
    const resources = [{ op: 'replace', path: '/spec/replicas', value: 3 }];
    expect(changedBy(shopWith({ kind: 'Deployment', name: 'headstart', because, json: resources }))).toEqual([
      'index.md',
      'install.yaml',
    ]);
  });

  test('is told in the index with its reason and its files; without one the index says so', () => {
    const json = [{ op: 'add', path: '/metadata/labels/gpu', value: 'no' }];
    const index = synthesize(shopWith({ ...target, namespace: 'bookshop', json }), options).get('index.md');
    expect(index).toContain(
      `- the patch of Deployment bookshop/books (JSON), because ${because}\n  - \`live/books/deployment.books.yaml\`\n`,
    );
    expect(before.get('index.md')).toContain('None: every object is as the facts give it.');
    expect(before.get('index.md')).toContain('- `namespaces`: the namespace of each environment');
  });

  test.each([
    ['for no object', { ...target, name: 'boks', merge: { a: 1 } }, 'the patch of Deployment boks is for no object'],
    [
      'for another namespace',
      { ...target, namespace: 'x', merge: { a: 1 } },
      'the patch of Deployment x/books is for no object',
    ],
    ['that changes nothing', { ...target, merge: { kind: 'Deployment' } }, 'changes nothing: remove it'],
    ['of the identity', { ...target, merge: { metadata: { name: 'b' } } }, 'changes metadata.name, by which others'],
    [
      'of a field that is not there',
      { ...target, json: [{ op: 'replace', path: '/spec/none', value: 1 }] },
      'the patch of Deployment books cannot be applied: nothing is at /spec/none',
    ],
    [
      'below a field that is not there',
      { ...target, json: [{ op: 'add', path: '/spec/none/some', value: 1 }] },
      'nothing is at /spec/none',
    ],
    [
      'whose test fails',
      { ...target, json: [{ op: 'test', path: '/kind', value: 'Service' }] },
      'the patch of Deployment books cannot be applied: ',
    ],
  ])('%s is refused', (_title, patch, message) => {
    expect(() => synthesize(shopWith(patch), options)).toThrow(message);
  });

  test.each([
    ['no change', { ...target }, 'must have either json or merge'],
    ['no reason', { ...target, because: '', merge: { a: 1 } }, 'Too small'],
  ])('with %s is no patch', (_title, patch, message) => {
    expect(patchSchema.safeParse(patch).error?.message).toContain(message);
  });
});
