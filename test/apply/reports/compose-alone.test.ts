import { describe, expect, test } from 'vitest';
import { parseFlashSale } from '../../../src/api/flash-sale.ts';
import { applyReports } from '../../../src/apply/reports/apply-reports.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import { scriptedContext } from '../../support/shop/scripted-context.ts';

const sale = { name: 'drop', startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T22:00:00Z' };

describe('reports', () => {
  test('of an object that cannot be composed fail alone: every other object is told', async () => {
    const told: string[] = [];
    const context = scriptedContext(({ path }) => {
      told.push(path);
      return { metadata: { resourceVersion: '9' } };
    });
    const { plan, observation } = planOf({
      now: '2026-11-27T19:00:00Z',
      sales: [sale],
      targets: { gateway: { spec: { entryPoint: true } } },
    });
    const [drop] = observation.sales;
    if (drop === undefined) throw new Error('there is no sale');
    const metadata = { ...drop.metadata, name: 'never', uid: 'uid-never' };
    const never = { ...parseFlashSale(drop), metadata, spec: { ...drop.spec, timeZone: 'No/Where' } };
    const ofNever = plan.sales.map(outlook => ({ ...outlook, sale: 'never' }));
    const writes = await applyReports(context, {
      plan: { ...plan, sales: [...ofNever, ...plan.sales] },
      applied: { now: plan.now, dryRun: false, writes: [] },
      sales: [never, drop],
      targets: observation.targets,
      salePlans: [],
      records: [],
      others: [],
    });
    expect(writes.map(({ kind, name, outcome }) => `${kind} ${name}: ${outcome}`)).toEqual([
      'ScalingTarget gateway: Written',
      'FlashSale never: Failed',
      'FlashSale drop: Written',
    ]);
    expect(writes[1]?.message).toContain('no status can be composed');
    expect(told).toHaveLength(2);
  });
});
