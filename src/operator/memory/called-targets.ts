import { isMissing } from '../../api/missing.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { DeclaredCaller } from '../../learn/calls/call-factor.ts';
import type { Called } from '../../learn/calls/learn-calls.ts';
import type { TargetObservation } from '../../observe/observation.ts';

/**
 * Collects the demand of the targets that one calls, and of all their callers, by name. A target with visitors of its own,
 * or one of which an end is not measured, has no entry: nobody knows then whose requests came.
 */
export function calledBy(
  { calls }: Pick<ScalingTargetSpec, 'calls'>,
  targets: readonly TargetObservation[],
): ReadonlyMap<string, Called> {
  const { byName, callers } = indexOf(targets);
  return new Map(
    calls.flatMap(({ target: name }): [string, Called][] => {
      const called = byName.get(name);
      const of = callers.get(name);
      if (called === undefined || isMissing(called.demand) || called.target.spec.entryPoint || of === undefined)
        return [];
      return [[name, { demand: called.demand.recent, callers: of }]];
    }),
  );
}

interface CallIndex {
  readonly byName: ReadonlyMap<string, TargetObservation>;
  /** By called target; undefined where the demand of a caller is missing. */
  readonly callers: ReadonlyMap<string, readonly DeclaredCaller[] | undefined>;
}

/** Indexes the calls of a namespace once for all its targets. */
function indexOf(targets: readonly TargetObservation[]): CallIndex {
  const known = indices.get(targets);
  if (known !== undefined) return known;
  const callers = new Map<string, readonly DeclaredCaller[] | undefined>();
  for (const { target, demand } of targets) {
    for (const { target: to, perThousandRequests } of target.spec.calls) {
      if (perThousandRequests === 0) continue;
      const before = callers.has(to) ? callers.get(to) : [];
      const own = isMissing(demand) ? undefined : { demand: demand.recent, perRequest: perThousandRequests / 1000 };
      callers.set(to, before === undefined || own === undefined ? undefined : [...before, own]);
    }
  }
  const index = { byName: new Map(targets.map(one => [one.target.metadata.name, one])), callers };
  indices.set(targets, index);
  return index;
}

const indices = new WeakMap<readonly TargetObservation[], CallIndex>();
