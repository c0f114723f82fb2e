import { expect, test } from 'vitest';
import { renderCli } from '../support/pages/render-cli.ts';

test('docs/cli.md is the help of every command', async () => {
  await expect(renderCli()).toMatchFileSnapshot('../../docs/cli.md');
});
