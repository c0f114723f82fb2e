import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { namesTarget, readTargetHistories } from '../../../src/cli/preview/target-histories.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-wide-'));
afterAll(() => rmSync(root, { recursive: true }));

function read(files: Readonly<Record<string, string>>, options = {}) {
  const folder = mkdtempSync(path.join(root, 'history-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const found = readTargetHistories(folder, ['checkout', 'payments'], options, () => undefined);
  return Object.fromEntries(Object.entries(found).map(([target, { values }]) => [target, values]));
}
const column = (...values: readonly number[]) =>
  ['time,rps', ...values.map((v, i) => `${1780272000 + 60 * i},${v}`)].join('\n');
const wide = 'time,checkout,payments (req/s),other\n1780272000,1,3,9\n1780272060,2,4,9\n';

describe('the histories of targets', () => {
  test.each([
    ['a file each', { 'checkout.csv': column(1, 2), 'payments.csv': column(3, 4) }],
    ['a file with a column each', { 'traffic.csv': wide }],
    [
      'one file, and a column for the rest',
      { 'checkout.csv': column(1, 2), 'traffic.csv': wide.replaceAll(',checkout', ',web') },
    ],
    [
      'a file with rows for each',
      {
        'all.csv':
          'service,time,rps\ncheckout,1780272000,1\ncheckout,1780272060,2\npayments,1780272000,3\npayments,1780272060,4\n',
      },
    ],
    ['files beside others', { 'traffic.csv': wide, 'sales.csv': 'start,end\n', 'package.json': '{}' }],
  ])('are read from %s', (_, files) => {
    expect(read(files)).toEqual({ checkout: [1, 2], payments: [3, 4] });
  });

  test('are refused where it is not clear which is meant', () => {
    expect(() => read({ 'checkout.csv': column(1, 2), 'checkout.tsv': column(3, 4) })).toThrow(
      /the history of checkout is in .*checkout\.csv and in .*checkout\.tsv: remove one/,
    );
    const text = 'time,p50,p95\n1780272000,1,3\n1780272060,2,4\n';
    expect(() => read({ 'checkout.csv': text })).toThrow(
      /checkout\.csv has 2 series: p50, p95: say which with --value-column/,
    );
    expect(read({ 'checkout.csv': text }, { valueColumn: 'p50' })).toEqual({ checkout: [1, 2] });
    expect(() => read({ 'a.csv': column(1, 2) })).toThrow(
      /has no history: expected <target>\.csv for one of checkout, payments/,
    );
  });
});

test.each([
  ['checkout', true],
  ['Checkout [req/s]', true],
  ['checkout_rpm', true],
  ['http_requests{job="shop", service="checkout"}', true],
  ['sum:hits{service:checkout}', true],
  ['checkout-worker', false],
  ['precheckout', false],
])('the column %s means checkout: %s', (name, isMeant) => {
  expect(namesTarget(name, 'checkout')).toBe(isMeant);
});
