import { formatWhole, type TargetCheck } from './target-check.ts';

/** Calls per request from which the number is probably in another unit. */
const doubtfulCalls = 50;

/** Reports calls to other targets whose number per request is implausibly high. */
export function callsRisk({ desired: { name, calls } }: TargetCheck): readonly string[] {
  return calls
    .filter(({ perRequest }) => perRequest > doubtfulCalls)
    .map(
      ({ to, perRequest }) =>
        `${name}: perThousandRequests ${formatWhole(perRequest * 1000)} is ${formatWhole(perRequest)} calls of ${to} per request. 2000 means two.`,
    );
}
