import { formatInstant } from '../../src/api/instant.ts';
import type { SalePlan } from '../../src/api/sale-plan.ts';
import type { Observation } from '../../src/observe/observation.ts';
import { newSalePlans } from '../../src/operator/memory/update-sale-plans.ts';
import { recordEdit } from '../../src/plan/accepted-edits.ts';
import type { Plan, SaleOutlook } from '../../src/plan/plan.ts';
import { revisePlan } from '../../src/plan/revise-plan.ts';
import { givenVersion } from '../support/shop/given-fields.ts';

/** The SalePlans after a reconcile: one for each sale to come, its plan, its edits, what was seen, its review. */
export function recordSales(observation: Observation, plan: Plan): readonly SalePlan[] {
  const { now, salePlans } = observation;
  const made = newSalePlans(observation, plan).map(({ name, namespace, sale }): SalePlan => {
    const metadata = { name, namespace, uid: `uid-${name}`, creationTimestamp: formatInstant(now) };
    return { apiVersion: givenVersion, kind: 'SalePlan', metadata, spec: { sale } };
  });
  const outlooks = new Map(plan.sales.map(outlook => [outlook.salePlan, outlook]));
  return [...salePlans, ...made]
    .map(record => {
      const outlook = outlooks.get(record.metadata.name);
      return outlook === undefined ? record : recorded(record, outlook, now);
    })
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

const reviewMs = 180_000;

function recorded(record: SalePlan, outlook: SaleOutlook, now: number): SalePlan {
  const { status = {} } = record;
  const { stage, announced, gone, end } = outlook;
  if (stage === 'Over' && end + reviewMs <= now)
    return { ...record, status: { ...status, review: { reviewedAt: formatInstant(now), targets: [] } } };
  if (stage === 'Over' || stage === 'Past') return record;
  const edits = announced === undefined ? status.edits : recordEdit({ record, spec: announced, others: [], now });
  const { edits: _edits, saleGoneSince: _since, ...rest } = status;
  const point = { t: formatInstant(now), demand: 1, floor: 1, ready: 1 };
  return {
    ...record,
    status: {
      ...rest,
      plan: revisePlan(outlook, status.plan, now),
      ...(edits === undefined ? {} : { edits: [...edits] }),
      ...(gone === undefined ? {} : { saleGoneSince: formatInstant(gone.since) }),
      ...(stage === 'Ahead'
        ? {}
        : { timeline: [{ target: outlook.targets[0]?.target ?? 'gateway', points: [point] }] }),
    },
  };
}
