import { applyBounds } from '../apply/apply-bounds.ts';
import type { ApplyContext } from '../apply/apply-context.ts';
import type { Observation } from '../observe/observation.ts';
import type { UnrecordedRaise } from '../observe/workloads/unrecorded-raise.ts';
import { describeBounds } from '../plan/bounds/describe-bounds-change.ts';
import { restoreBounds } from '../plan/bounds/restore-bounds.ts';
import type { TargetPlan } from '../plan/plan.ts';

/** What came of one HPA, for people. */
interface RestoredRaise {
  /** `hpa/` or `scaledobject/` and its name. */
  readonly name: string;
  readonly message: string;
}

/**
 * Puts each HPA that is raised by annotations alone back to the bounds before the raise, and says what came of each.
 * Those of which nothing states these bounds are left alone.
 */
export async function restoreUnrecorded(
  context: ApplyContext,
  { unrecorded = [], namespace, now, policy }: Observation,
): Promise<readonly RestoredRaise[]> {
  const done: RestoredRaise[] = [];
  for (const raise of unrecorded) {
    const { objectKind, name, uid, from } = raise;
    const about = `${objectKind === undefined ? 'hpa' : 'scaledobject'}/${name}`;
    const live = describeBounds(raise);
    if (from === undefined) {
      const message = `raised to ${live}, and neither a ScalingTarget nor its annotation says its bounds before: set them by hand`;
      done.push({ name: about, message });
      continue;
    }
    const { rampDown: _, ...unpaced } = policy;
    const planFor = (bounds: Pick<UnrecordedRaise, 'minReplicas' | 'maxReplicas'>, running: Running): TargetPlan => {
      const scaler = {
        kind: 'Autoscaler',
        name,
        ...bounds,
        ...running,
        floor: bounds.minReplicas,
        otherWriters: [],
      } as const;
      const back = restoreBounds({ scaler, spec: { baseline: from }, peak: 0, policy: unpaced, now });
      return {
        ...back,
        target: '',
        autoscaler: name,
        action: 'Write',
        reason: 'Restoring',
        because: [],
        conditions: [],
      };
    };
    const written = await applyBounds(context, {
      now,
      target: { metadata: { namespace }, spec: { baseline: from, ceiling: from.maxReplicas } },
      autoscaler: {
        ...(objectKind === undefined ? {} : { objectKind }),
        name,
        uid,
        minReplicas: Number.NaN,
        maxReplicas: Number.NaN,
      },
      from,
      plan: planFor(raise, { currentReplicas: 0, desiredReplicas: 0 }),
      replan: ({ state }) => planFor(state, state),
      cap: Number.POSITIVE_INFINITY,
      sales: [],
    });
    done.push({ name: about, message: `${written.outcome}: ${written.message}` });
  }
  return done;
}

interface Running {
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
}
