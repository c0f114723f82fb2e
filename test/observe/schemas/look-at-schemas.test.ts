import { expect, test } from 'vitest';
import { createLookAtSchemas } from '../../../src/observe/schemas/look-at-schemas.ts';
import type { OpenApiDocument } from '../../../src/observe/schemas/pruned-fields.ts';

const own = [{ kind: 'FlashSale', schema: { properties: { spec: { properties: { stock: {} } } } } }];
const served = (spec: object): OpenApiDocument => ({
  components: { schemas: { a: { 'x-kubernetes-group-version-kind': [{ kind: 'FlashSale' }], properties: { spec } } } },
});
const [old, current] = [served({}), served({ properties: { stock: {} } })];
const missing = ['FlashSale spec.stock'];

function looks(...answers: readonly (OpenApiDocument | Error)[]) {
  const told: unknown[] = [];
  let asked = 0;
  const read = async () => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? new Error('none');
    asked += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { look: createLookAtSchemas(own, read, now => told.push(now)), asked: () => asked, told };
}

test('the API server is asked once in five minutes, and a change is told once', async () => {
  const { look, asked, told } = looks(old, old, current);
  for (const second of [0, 30, 299]) expect(await look(second * 1000)).toEqual(missing);
  expect(asked()).toBe(1);
  expect(await look(300_000)).toEqual(missing);
  expect(told).toEqual([missing]);
  expect(await look(600_000)).toEqual([]);
  expect(told).toEqual([missing, []]);
});

test('without an answer the last one counts, and before the first nothing is claimed', async () => {
  const { look } = looks(new Error('silence'), old, new Error('silence'));
  expect(await look(0)).toEqual([]);
  expect(await look(300_000)).toEqual(missing);
  expect(await look(600_000)).toEqual(missing);
});

test('CRDs that are current from the start are told to nobody', async () => {
  const { look, told } = looks(current);
  expect([await look(0), told]).toEqual([[], []]);
});

test('who looks while the API server is asked waits for the same answer', async () => {
  const { look, asked } = looks(old);
  expect(await Promise.all([look(0), look(0), look(1000)])).toEqual([missing, missing, missing]);
  expect(asked()).toBe(1);
});
