import { expect, test } from 'vitest';
import { describeUnsupportedNode } from '../../src/cli/node-version.ts';

test.each([
  ['20.20.2', true],
  ['22.18.0', true],
  ['22.19.0', false],
  ['26.10.0', false],
])('Node %s is refused: %s', (version, refused) => {
  expect(describeUnsupportedNode(version) !== undefined).toBe(refused);
});
