import { expect, test } from 'vitest';
import { parseFlashSale } from '../../src/api/flash-sale.ts';
import { createSalePlan } from '../../src/apply/apply-sale-plan.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { flashSale } from '../support/shop/kinds.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const { spec } = parseFlashSale(flashSale({}));
const draft = { name: 'drop-20261127-1900', namespace: 'marketplace', sale: { name: 'drop', uid: '7f1c', spec } };

test('a SalePlan is created with the label of its sale, cut to what a label may be', async () => {
  const sent: unknown[] = [];
  const context = scriptedContext(({ body }) => {
    sent.push(body);
    return {};
  });
  const name = `${'x'.repeat(62)}-tail`;
  expect(await createSalePlan(context, { ...draft, sale: { ...draft.sale, name } })).toMatchObject({
    outcome: 'Written',
  });
  expect(sent).toMatchObject([{ metadata: { labels: { 'headstart.dev/flash-sale': 'x'.repeat(62) } } }]);
});

test.each([
  [409, 'Unchanged'],
  [403, 'Refused'],
  [500, 'Failed'],
])('an answer of %i is %s: one that is there already is as wanted', async (status, outcome) => {
  const context = scriptedContext(() => {
    throw new ApiError(status, { message: 'no' }, 'POST');
  });
  expect(await createSalePlan(context, draft)).toMatchObject({ outcome });
});
