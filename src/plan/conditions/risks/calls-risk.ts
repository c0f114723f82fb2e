import { formatWhole, type TargetCheck } from './target-check.ts';

/** Calls per thousand requests from which on they are likely counted in another unit: fifty a request. */
const doubtfulCalls = 50_000;

/** Calls to other targets that are many per request. */
export function callsRisk({ desired: { name, observed } }: TargetCheck): readonly string[] {
  return observed.target.spec.calls
    .filter(({ perThousandRequests }) => perThousandRequests > doubtfulCalls)
    .map(
      ({ target, perThousandRequests }) =>
        `${name}: perThousandRequests ${formatWhole(perThousandRequests)} is ${formatWhole(perThousandRequests / 1000)} calls of ${target} per request. 2000 means two.`,
    );
}
