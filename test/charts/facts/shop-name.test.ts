import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../charts/synthesize.ts';

const options = { image: 'headstart:0', definitions: [] };
const own = readOwnFacts();
/** Our facts without the texts in which we name ourselves: namespaces, buckets, roles, the repository. */
const renamed = synthesize({ ...own, name: 'corner-shop' }, options);
const before = synthesize(own, options);

/** A line without what the facts state in words of their own. */
function stated(line: string): string {
  return line
    .replaceAll(/(arn:aws|s3:|https:)\S*/g, '')
    .replaceAll(/marketplace(-(dev|demo|staging))?:(merchandiser|sre|gitops)/g, '')
    .replaceAll(/namespace[:=\\"]+ ?marketplace(-(dev|demo|staging))?/g, '')
    .replaceAll(/\/services\/marketplace(-(dev|demo|staging))?\//g, '')
    .replaceAll(/name: marketplace(-(dev|demo|staging))?$/g, '');
}

describe('the name of a shop', () => {
  test('is in every name and label that was the marketplace’s', () => {
    const left = [...renamed].flatMap(([file, text]) =>
      text
        .split('\n')
        .filter(line => /marketplace/.test(stated(line)) && !/registry\.example\.com|svc\.cluster\.local/.test(line))
        .map(line => `${file}: ${line.trim()}`),
    );
    expect(left).toEqual([]);
    const files = [...renamed.keys()].filter(file => /marketplace/.test(file));
    expect(files.filter(file => !/namespace\.marketplace/.test(file))).toEqual([]);
  });

  test('changes nothing but names', () => {
    expect([...renamed.values()].length).toBe([...before.values()].length);
    const target = 'production/cart/scalingtarget.cart.yaml';
    expect(parse(renamed.get(target) ?? '').spec).toEqual(parse(before.get(target) ?? '').spec);
  });

  test('has a label domain of its own where the facts state one', () => {
    const { labels } = parse(
      synthesize({ ...own, labelDomain: 'labels.corner.example' }, options).get('dev/cart/deployment.cart.yaml') ?? '',
    ).spec.template.metadata;
    expect(labels['labels.corner.example/owner']).toBe('orders');
    expect(Object.keys(labels).filter(label => label.startsWith('marketplace.example/'))).toEqual([]);
  });
});
