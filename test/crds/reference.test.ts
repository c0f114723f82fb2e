import { expect, test } from 'vitest';
import { renderReference } from '../support/pages/render-reference.ts';

test('docs/reference.md says what crds/ says', async () => {
  await expect(renderReference()).toMatchFileSnapshot('../../docs/reference.md');
});
