import { formatWhole, type TargetCheck } from './target-check.ts';

/** Calls per request from which on they are likely counted in another unit. */
const doubtfulCalls = 50;

/** Calls to other targets that are many per request. */
export function callsRisk({ desired: { name, calls } }: TargetCheck): readonly string[] {
  return calls
    .filter(({ perRequest }) => perRequest > doubtfulCalls)
    .map(
      ({ to, perRequest }) =>
        `${name}: perThousandRequests ${formatWhole(perRequest * 1000)} is ${formatWhole(perRequest)} calls of ${to} per request. 2000 means two.`,
    );
}
