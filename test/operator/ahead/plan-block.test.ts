import { expect, test } from 'vitest';
import { planBlock } from '../../../src/operator/ahead/plan-block.ts';
import type { Looked } from '../../../src/operator/ahead/sale-inputs.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { namespaceFloors } from '../../../src/plan/floor/namespace-floors.ts';
import { planNamespace } from '../../../src/plan/plan-namespace.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const times = { startTime: '2026-12-04T19:00:00Z', endTime: '2026-12-04T21:00:00Z' };
const given: Given = {
  now: '2026-11-27T18:00:00Z',
  sales: [
    { name: 'bad', ...times },
    { name: 'good', ...times },
  ],
  targets: { gateway: { forecast: 30, spec: { entryPoint: true } } },
  unplanned: ['bad', 'good'],
};

function lookedAt(): Looked {
  const observation = observationOf(given);
  return { observation, accepted: acceptNamespace(observation) };
}

/** Plans, and throws for each sale of that name. */
function planExcept(looked: Looked, bad: string | undefined) {
  const forecasts = forecastsOf(given, looked.observation);
  return planBlock(looked, ({ observation, accepted }) => {
    if (accepted.occurrences.some(({ sale }) => sale === bad)) throw new Error(`${bad} has no curve`);
    return planNamespace(namespaceFloors({ observation, accepted, forecasts }));
  });
}

test('a sale ahead whose planning throws is told so, and the one beside it is planned', () => {
  const { sales, aside } = planExcept(lookedAt(), 'bad');
  expect(sales.map(({ sale }) => sale)).toEqual(['good']);
  expect(aside.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['FlashSale bad']);
  expect(aside[0]?.conditions.find(({ type }) => type === 'Accepted')).toMatchObject({
    status: 'False',
    reason: 'Invalid',
    message: 'It could not be planned: bad has no curve.',
  });
});

test('nobody is set aside while nothing throws', () => {
  const { sales, aside } = planExcept(lookedAt(), undefined);
  expect([sales.length, aside]).toEqual([2, []]);
});
