import { isMissing } from '../../api/missing.ts';
import type { PlannedTarget, SalePlan } from '../../api/sale-plan.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import type { SaleOutlook } from '../../plan/plan.ts';
import {
  type DemandColumns,
  demandColumns,
  type ReplicaColumns,
  replicaColumns,
} from '../../report/html/time-columns.ts';
import { curvePoints } from './curve-points.ts';
import type { SaleRow } from './sale-row.ts';

/** A service in one sale. */
export interface SaleService {
  readonly target: string;
  readonly isEntryPoint: boolean;
  readonly sharePercent: number;
  readonly boundBy?: string;
  /** Highest planned bounds, and those after the sale. */
  readonly highest: { readonly minReplicas: number; readonly maxReplicas: number };
  readonly afterwards?: { readonly minReplicas: number; readonly maxReplicas: number };
  readonly approvedMaximum?: number;
  readonly peak: PlannedTarget['peak']['quantiles'];
  readonly because: PlannedTarget['because'];
  readonly readyNow?: number;
  /** Absent where it is not drawn. */
  readonly demand?: DemandColumns;
  readonly replicas?: ReplicaColumns;
}

/** Whose demand and replicas are drawn: all services, or the one of this name, else the first entry point. */
export type Drawn = 'All' | { readonly service: string | undefined };

/** What the services of one sale are shown from. */
interface ServicesInput {
  readonly plan: SalePlan;
  readonly row: SaleRow;
  readonly outlook: SaleOutlook | undefined;
  readonly observed: readonly TargetObservation[];
  readonly drawn: Drawn;
}

/** Lists the services of a sale's plan, with the columns of the charts that are drawn. */
export function saleServices(input: ServicesInput): readonly SaleService[] {
  const { plan, outlook, drawn } = input;
  const planned = plan.status?.plan?.targets ?? [];
  const entryPoints = new Set(outlook?.entryPoints ?? plan.spec.sale.spec.entryPoints ?? []);
  const chosen =
    drawn === 'All'
      ? undefined
      : (planned.find(({ target }) => target === drawn.service) ??
        planned.find(({ target }) => entryPoints.has(target)) ??
        planned[0]);
  const observed = new Map(input.observed.map(one => [one.target.metadata.name, one]));
  return planned.map(one => ({
    ...serviceOf(one, { plan, observed: observed.get(one.target) }),
    isEntryPoint: entryPoints.has(one.target),
    ...(drawn === 'All' || one === chosen ? chartsOf(one, input, observed.get(one.target)) : {}),
  }));
}

function serviceOf(
  planned: PlannedTarget,
  { plan, observed }: { readonly plan: SalePlan; readonly observed: TargetObservation | undefined },
): Omit<SaleService, 'isEntryPoint'> {
  const { target, steps } = planned;
  const approved = plan.spec.approval?.upTo.find(cap => cap.target === target)?.maxReplicas;
  const ready = observed === undefined || isMissing(observed.workload) ? undefined : observed.workload.readyReplicas;
  return {
    target,
    sharePercent: planned.sharePercent,
    ...(planned.boundBy === undefined ? {} : { boundBy: planned.boundBy }),
    highest: {
      minReplicas: Math.max(0, ...steps.map(({ minReplicas }) => minReplicas)),
      maxReplicas: Math.max(0, ...steps.map(({ maxReplicas }) => maxReplicas)),
    },
    ...afterwardsOf(steps),
    ...(approved === undefined ? {} : { approvedMaximum: approved }),
    peak: planned.peak.quantiles,
    because: planned.because,
    ...(ready === undefined ? {} : { readyNow: ready }),
  };
}

function chartsOf(
  { target, steps }: PlannedTarget,
  { plan, row, outlook }: ServicesInput,
  observed: TargetObservation | undefined,
): Required<Pick<SaleService, 'demand' | 'replicas'>> {
  const timeline = plan.status?.timeline?.find(one => one.target === target)?.points ?? [];
  const demand = observed === undefined || isMissing(observed.demand) ? undefined : observed.demand;
  return {
    demand: demandColumns({
      forecast: curvePoints(outlook?.curves?.get(target)),
      timeline,
      recent: row.stage === 'Past' ? undefined : demand?.recent,
    }),
    replicas: replicaColumns(steps, timeline, row.end),
  };
}

function afterwardsOf(steps: PlannedTarget['steps']): Pick<SaleService, 'afterwards'> {
  const last = steps.at(-1);
  return last === undefined ? {} : { afterwards: { minReplicas: last.minReplicas, maxReplicas: last.maxReplicas } };
}
