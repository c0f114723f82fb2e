import { formatInstant } from '../../../src/api/instant.ts';
import { salePlanOf } from '../../support/shop/given-sales.ts';
import { changeTarget, type Draft, minuteMs, type Oddity } from '../world.ts';
import { withFields } from './change-target.ts';

const dayMs = 1440 * minuteMs;

/** What may be odd about forecasts and sales that were judged, and about the CRDs of the cluster. */
export const judgedOddities: readonly Oddity[] = [
  { name: 'days that were judged', weight: 3, make: draft => judgeDays(draft) },
  {
    name: 'days and sales that were judged',
    weight: 4,
    make: draft => {
      judgeDays(draft);
      draft.salePlans = [30, 60].map(days => reviewedPlan(draft, days));
    },
  },
  {
    name: 'older CRDs',
    weight: 2,
    make: draft => {
      draft.given = { ...draft.given, prunedFields: ['ScalingTarget.status.scaleUps', 'SalePlan.status.edits'] };
    },
  },
];

/** The forecasts of every target were judged over a week, and its calls measured; one of the targets only forecasts. */
function judgeDays(draft: Draft): void {
  const { random } = draft;
  for (const name of Object.keys(draft.given.targets)) {
    const accuracy = {
      days: 7,
      wapePercent: random.pick([9, 30, 70]),
      coveragePercent: random.pick([70, 93, 96]),
      recentCoveragePercent: random.pick([60, 94, 97]),
    };
    draft.given = changeTarget(draft.given, name, target => ({ ...target, status: { ...target.status, accuracy } }));
  }
  measureCalls(draft);
  withFields(draft, { mode: 'ForecastOnly' });
}

/** A sale that was over and reviewed some days before the evening. */
function reviewedPlan({ random, evening, given }: Draft, days: number) {
  const start = evening - days * dayMs;
  const [startTime, endTime] = [start, start + 60 * minuteMs].map(formatInstant);
  const reviewed = Object.keys(given.targets).map(name => [name, { coveragePercent: random.pick([60, 92, 95, 97]) }]);
  return salePlanOf({
    sale: { name: 'before', startTime: startTime ?? '', endTime: endTime ?? '' },
    createdAt: formatInstant(start - dayMs),
    reviewedAt: formatInstant(start + 90 * minuteMs),
    reviewed: Object.fromEntries(reviewed),
  });
}

/** Outside sales every target calls others more often than is declared. */
function measureCalls(draft: Draft): void {
  const { random, evening } = draft;
  for (const [name, given] of Object.entries(draft.given.targets)) {
    const calls = (given?.spec?.calls ?? []) as readonly {
      readonly target: string;
      readonly perThousandRequests: number;
    }[];
    const callRatios = calls.map(({ target, perThousandRequests }) => ({
      target,
      ordinary: { perThousandRequests: perThousandRequests * random.pick([2, 3]), hours: random.int(1, 200) },
      until: formatInstant(evening - dayMs),
    }));
    draft.given = changeTarget(draft.given, name, target => ({ ...target, status: { ...target.status, callRatios } }));
  }
}
