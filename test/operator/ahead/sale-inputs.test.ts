import { describe, expect, test } from 'vitest';
import { commonInputs, saleInputs } from '../../../src/operator/ahead/sale-inputs.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const sale = (name: string, startTime: string, endTime: string, more: object = {}) => ({
  name,
  startTime,
  endTime,
  ...more,
});
const given: Given = {
  now: '2026-11-27T12:30:00Z',
  sales: [
    sale('season', '2026-11-01T00:00:00Z', '2027-01-20T00:00:00Z'),
    sale('morning', '2026-12-05T08:00:00Z', '2026-12-05T10:00:00Z'),
    sale('noon', '2026-12-05T09:30:00Z', '2026-12-05T13:00:00Z'),
    sale('later', '2026-12-20T09:00:00Z', '2026-12-20T10:00:00Z'),
  ],
  targets: { gateway: { spec: { entryPoint: true } } },
};

function inputsOf(changed: Partial<Given> = {}) {
  const observation = observationOf({ ...given, ...changed });
  const looked = { observation, accepted: acceptNamespace(observation) };
  const names = new Set(looked.accepted.occurrences.map(({ salePlan }) => salePlan));
  return { common: commonInputs(looked, []), sales: saleInputs(looked, names) };
}

/** Names of the sales whose inputs a change of the others' objects has changed. */
function changedBy(changed: Partial<Given>): readonly string[] {
  const [before, after] = [inputsOf().sales, inputsOf(changed).sales];
  return [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name.replace(/-\d.*/, ''));
}

describe('the inputs of a sale ahead', () => {
  test('change with the sale and with those beside it', () => {
    const [season, morning, ...others] = given.sales ?? [];
    if (season === undefined || morning === undefined) throw new Error('no sales');
    const larger = { ...morning, expectedPeakPercent: 700 };
    expect(changedBy({ sales: [season, larger, ...others] })).toEqual(['morning', 'noon']);
  });

  test('change for all sales with a sale that runs beside all', () => {
    const [season, ...others] = given.sales ?? [];
    if (season === undefined) throw new Error('no sales');
    const larger = { ...season, expectedPeakPercent: 700 };
    expect(changedBy({ sales: [larger, ...others] })).toEqual(['season', 'morning', 'noon', 'later']);
  });

  test('change with a sale beside them that is sold out, and not with each sample of its stock', () => {
    const stock = (...units: readonly number[]) => inputsOf({ stock: { season: units } }).sales;
    const morning = (sales: ReturnType<typeof stock>) => [...sales].find(([name]) => name.startsWith('morning'))?.[1];
    expect(morning(stock(9, 8, 7))).toBe(morning(stock(9, 8)));
    expect(morning(stock(9, 0, 0))).not.toBe(morning(stock(9, 8, 7)));
    expect(morning(stock(9, 0, 0, 0))).toBe(morning(stock(9, 0, 0)));
  });

  test('change with a Deployment of placeholder pods that is made or mended, and not with how many stand', () => {
    const common = (...placeholders: NonNullable<Given['placeholders']>) => inputsOf({ placeholders }).common;
    const made = common({ target: 'gateway' });
    expect(made).not.toBe(common());
    expect(common({ target: 'gateway', conflict: 'an HPA scales it' })).not.toBe(made);
    expect(common({ target: 'gateway', replicas: 25, readyReplicas: 20 })).toBe(made);
  });

  test('do not change with each scale-up of a target, of which an HPA makes many a day', () => {
    const taught = (...scaleUps: readonly object[]) => ({
      gateway: { spec: { entryPoint: true as const }, status: { scaleUps } },
    });
    const took = { at: '2026-11-27T11:00:00Z', workload: 'gateway', added: 4, seconds: 41, neededNodes: false };
    const { common } = inputsOf({ targets: taught() });
    expect(inputsOf({ targets: taught(took) }).common).toBe(common);
  });

  test('do not change with the time before the next boundary, and change with targets and policy', () => {
    expect(changedBy({ now: '2026-11-27T17:00:00Z' })).toEqual([]);
    const { common } = inputsOf();
    expect(inputsOf({ now: '2026-11-27T17:00:00Z' }).common).toBe(common);
    expect(inputsOf({ now: '2026-11-27T18:30:00Z' }).common).not.toBe(common);
    expect(inputsOf({ policy: { paused: 'Up' } }).common).not.toBe(common);
    const wider = { gateway: { spec: { entryPoint: true, ceiling: 100 } } };
    expect(inputsOf({ targets: wider }).common).not.toBe(common);
    const surging = { gateway: { spec: { entryPoint: true }, workload: { maxSurge: '25%' } } };
    expect(inputsOf({ targets: surging }).common).not.toBe(common);
  });
});
