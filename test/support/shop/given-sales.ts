import type { FlashSale } from '../../../src/api/flash-sale.ts';
import { parseInstant } from '../../../src/api/instant.ts';
import type { TargetReview } from '../../../src/api/learned/sale-review.ts';
import { salePlanName } from '../../../src/api/names/sale-plan-name.ts';
import { parseSalePlan, type SalePlan, type TimelinePoint } from '../../../src/api/sale-plan.ts';
import { givenVersion as apiVersion, type GivenFields, givenNamespace as namespace } from './given-fields.ts';

export type GivenSale = GivenFields & {
  readonly name: string;
  readonly startTime: string;
  readonly endTime: string;
} & {
  readonly metadata?: GivenFields;
};

/** The approval of a SalePlan in short. */
export interface GivenApproval {
  /** @default '2030-01-01T00:00:00Z' */
  readonly until?: string;
  readonly upTo: Readonly<Record<string, number>>;
}

/** The SalePlans of a namespace: as stated, or a new one for each sale, with the approvals of their sales. */
export function givenPlans(
  given: {
    readonly salePlans?: readonly GivenSalePlan[];
    readonly unplanned?: readonly string[];
    readonly approvals?: Readonly<Record<string, GivenApproval>>;
  },
  sales: readonly FlashSale[],
  now: number,
): readonly SalePlan[] {
  const planned = sales.filter(({ metadata }) => !given.unplanned?.includes(metadata.name));
  const plans = given.salePlans?.map(salePlanOf) ?? planned.flatMap(sale => newPlan(sale, now));
  return plans.map(plan => {
    const approval = given.approvals?.[plan.spec.sale.name];
    return approval === undefined ? plan : approvedPlan(plan, approval);
  });
}

/** The SalePlan with an approval by an SRE. */
function approvedPlan(plan: SalePlan, { until = '2030-01-01T00:00:00Z', upTo }: GivenApproval): SalePlan {
  const approval = {
    approvedBy: 'ann',
    approvedAt: '2026-11-26T09:00:00Z',
    until,
    upTo: Object.entries(upTo).map(([target, maxReplicas]) => ({ target, maxReplicas })),
  };
  return { ...plan, spec: { ...plan.spec, approval } };
}

export interface GivenSalePlan {
  readonly sale: GivenSale;
  /** The times of the date of a recurring sale. */
  readonly occurrence?: { readonly startTime: string; readonly endTime: string };
  readonly createdAt?: string;
  readonly prescaleTime?: string;
  readonly targets?: Readonly<Record<string, readonly (readonly [from: string, min: number, max: number])[]>>;
  /** Replicas that the plan guessed, by target. */
  readonly guessed?: Readonly<Record<string, number>>;
  /** Instants at which the timeline has points. */
  readonly seen?: readonly string[];
  readonly reviewedAt?: string;
  /** What its review says of targets, by name. */
  readonly reviewed?: Readonly<
    Record<string, Partial<Pick<TargetReview, 'coveragePercent' | 'peakErrorPercent' | 'calls'>>>
  >;
  readonly saleGoneSince?: string;
  /** The newest points of its record, by target. */
  readonly points?: Readonly<Record<string, readonly TimelinePoint[]>>;
  /** Notices that were told, as `Planned` or `AtRisk NoGo`. */
  readonly told?: readonly string[];
  /** What the FlashSale was edited to, as accepted. */
  readonly edits?: readonly (GivenFields & { readonly acceptedAt: string })[];
}

/** The FlashSale as the API server would hand it out. */
export function flashSaleOf({ name, metadata, ...spec }: GivenSale) {
  return { apiVersion, kind: 'FlashSale', metadata: { name, namespace, uid: `uid-${name}`, ...metadata }, spec };
}

/** The empty SalePlan of a sale of late or ahead, known for weeks; none of a recurring one. */
export function newPlan({ metadata, spec }: FlashSale, now: number): readonly SalePlan[] {
  if (spec.recurrence !== undefined || parseInstant(spec.endTime) < now - 86_400_000) return [];
  const name = salePlanName(metadata.name, parseInstant(spec.startTime));
  const sale = { name: metadata.name, uid: metadata.uid ?? '', spec };
  const creationTimestamp = '2026-11-01T00:00:00Z';
  return [
    parseSalePlan({ apiVersion, kind: 'SalePlan', metadata: { name, namespace, creationTimestamp }, spec: { sale } }),
  ];
}

/** The SalePlan with what is given of its status. */
export function salePlanOf({
  sale,
  occurrence,
  createdAt,
  prescaleTime,
  targets = {},
  guessed = {},
  seen,
  reviewedAt,
  reviewed = {},
  saleGoneSince,
  points,
  told,
  edits,
}: GivenSalePlan): SalePlan {
  const { name, ...spec } = sale;
  const times = occurrence ?? sale;
  const start = parseInstant(times.startTime);
  return parseSalePlan({
    apiVersion,
    kind: 'SalePlan',
    metadata: {
      name: salePlanName(name, start),
      namespace,
      creationTimestamp: createdAt ?? '2026-11-01T00:00:00Z',
    },
    spec: { sale: { name, uid: `uid-${name}`, spec, ...(occurrence === undefined ? {} : { occurrence }) } },
    status: {
      plan: {
        revision: 1,
        madeAt: createdAt ?? '2026-11-01T00:00:00Z',
        prescaleTime: prescaleTime ?? times.startTime,
        endTime: times.endTime,
        extraReplicas: 0,
        risks: [],
        targets: Object.entries(targets).map(([target, steps]) => ({
          target,
          steps: steps.map(([from, minReplicas, maxReplicas]) => ({ from, minReplicas, maxReplicas })),
          peak: { time: times.startTime, quantiles: [] },
          sharePercent: 100,
          because: target in guessed ? [guessStep(guessed[target] ?? 0)] : [],
        })),
      },
      ...(saleGoneSince === undefined ? {} : { saleGoneSince }),
      ...(edits === undefined ? {} : { edits: edits.map(({ acceptedAt, ...spec }) => ({ acceptedAt, spec })) }),
      ...(seen === undefined
        ? {}
        : {
            timeline: [
              {
                target: Object.keys(targets)[0] ?? 'gateway',
                points: seen.map(t => ({ t, demand: 100, forecast: 100, floor: 4, ready: 4 })),
              },
            ],
          }),
      ...(points === undefined
        ? {}
        : { timeline: Object.entries(points).map(([target, own]) => ({ target, points: [...own] })) }),
      ...(told === undefined ? {} : { notices: told.map(toRecord) }),
      ...(reviewedAt === undefined ? {} : { review: { reviewedAt, targets: Object.entries(reviewed).map(reviewOf) } }),
    },
  });
}

function guessStep(replicas: number) {
  return { rule: 'guess', value: String(replicas), unit: 'replicas', message: `${replicas} replicas, a guess` };
}

function toRecord(told: string) {
  const [kind, about] = told.split(' ');
  return { kind, ...(about === undefined ? {} : { about }), at: '2026-11-01T00:00:00Z', outcome: 'Sent' };
}

function reviewOf([target, scores]: readonly [string, NonNullable<GivenSalePlan['reviewed']>[string]]): TargetReview {
  const none = {
    replicaHoursOver: 0,
    replicaHoursUnder: 0,
    minutesAtCeiling: 0,
    minutesShort: 0,
    minutesShortWithoutPrescale: 0,
  };
  return { target, ...none, ...scores };
}
