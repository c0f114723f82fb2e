import { expect, test } from 'vitest';
import { deployment, findingsIn, findingsOf, object } from '../support/validate/findings-of.ts';

test.each([
  ['a version for good, which the name ends in', '{ app: reviews, version: v2 }', 'reviews-v2', []],
  [
    'a version that a deploy changes',
    '{ app: reviews, version: 1.2.0 }',
    'reviews',
    ['error Deployment shop/reviews: selects by version, which changes with each deploy, but a selector cannot change'],
  ],
])('selects by %s', (_title, labels, name, told) => {
  const text = deployment('', '', { name }).replaceAll(`{ app: ${name} }`, labels);
  expect(findingsOf('selector', text)).toEqual(told);
});

test('leaves a selector of expressions alone to the API server', () => {
  const text = deployment().replace(
    'matchLabels: { app: shop }',
    'matchExpressions: [{ key: app, operator: In, values: [shop] }]',
  );
  expect(findingsOf('selector', text)).toEqual([]);
});

const map = object('v1', 'ConfigMap', 'a');
const unplaced = map.replace(', namespace: shop', '');

test.each([
  ['one namespace in two files', { 'a/a.yaml': map, 'b/a.yaml': map }, ['error ConfigMap shop/a: is also in a/a.yaml']],
  [
    'no namespace, as a base and its overlay',
    { 'a/a.yaml': unplaced, 'b/a.yaml': unplaced },
    ['warning ConfigMap default/a: is also in a/a.yaml'],
  ],
  ['one file', { 'a.yaml': `${unplaced}---\n${unplaced}` }, ['error ConfigMap default/a: is also in a.yaml']],
])('an object that is written twice, in %s', (_title, files, told) => {
  expect(findingsIn('duplicate', files)).toEqual(told);
});
