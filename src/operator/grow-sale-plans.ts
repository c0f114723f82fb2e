import type { Statement } from '../api/condition.ts';
import { formatInstant } from '../api/instant.ts';
import { describeUnsupported } from '../api/not-supported.ts';
import type { SalePlan, SalePlanPlan } from '../api/sale-plan.ts';
import type { SalePlanReport } from '../apply/apply-reports.ts';
import type { SalePlanAsk } from '../apply/apply-sale-plan.ts';
import type { Observation } from '../observe/observation.ts';
import type { Plan, SaleOutlook } from '../plan/plan.ts';
import { reviseSalePlan } from './revise-sale-plan.ts';

/** The SalePlans that are missing: one for each announced occurrence that is not over. */
export function newSalePlans(observation: Observation, plan: Plan): readonly SalePlanAsk[] {
  const known = new Set(observation.salePlans.map(({ metadata }) => metadata.name));
  return plan.sales
    .filter(({ stage, salePlan }) => isServed(stage) && !known.has(salePlan))
    .flatMap(outlook => {
      const sale = observation.sales.find(({ metadata }) => metadata.name === outlook.sale);
      if (sale === undefined) return [];
      const { name, uid = '' } = sale.metadata;
      return [{ name: outlook.salePlan, namespace: observation.namespace, sale: { name, uid, spec: sale.spec } }];
    });
}

/** What each SalePlan has grown into by now: the plan it was made for, while its sale is not over. */
export function growSalePlans(observation: Observation, plan: Plan): readonly SalePlanReport[] {
  return observation.salePlans.flatMap(salePlan => {
    const outlook = plan.sales.find(candidate => candidate.salePlan === salePlan.metadata.name);
    return outlook === undefined ? [] : [growSalePlan(salePlan, outlook, plan.now)];
  });
}

function growSalePlan(salePlan: SalePlan, outlook: SaleOutlook, now: number): SalePlanReport {
  const last = salePlan.status?.plan;
  const revised = isServed(outlook.stage) ? reviseSalePlan(last, toPlan(outlook, now)) : last;
  return {
    salePlan,
    grown: revised === undefined ? {} : { plan: revised },
    statements: stateSalePlan(salePlan, outlook),
    isNews: revised?.revision !== last?.revision,
  };
}

function toPlan(outlook: SaleOutlook, now: number): Omit<SalePlanPlan, 'revision'> {
  return {
    madeAt: formatInstant(now),
    prescaleTime: formatInstant(outlook.prescaleTime),
    endTime: formatInstant(outlook.end),
    extraReplicas: outlook.extraReplicas,
    risks: [...outlook.risks],
    targets: [...outlook.targets],
  };
}

function stateSalePlan(salePlan: SalePlan, { stage }: SaleOutlook): readonly Statement[] {
  const unsupported = describeUnsupported(salePlan);
  if (unsupported !== undefined) {
    return [
      { type: 'Accepted', status: 'False', reason: 'NotSupported', message: unsupported },
      { type: 'Ready', status: 'False', reason: 'NotSupported', message: unsupported },
    ];
  }
  const isOver = stage === 'Over' || stage === 'Past';
  const isReviewed = salePlan.status?.review !== undefined;
  return [
    { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'The plan is served.' },
    isOver && !isReviewed
      ? { type: 'Ready', status: 'False', reason: 'ReviewDue', message: 'The sale is over; its review is due.' }
      : {
          type: 'Ready',
          status: 'True',
          reason: isReviewed ? 'Reviewed' : 'Planned',
          message: 'The plan is up to date.',
        },
  ];
}

function isServed(stage: SaleOutlook['stage']): boolean {
  return stage === 'Ahead' || stage === 'Prescaling' || stage === 'Running';
}
