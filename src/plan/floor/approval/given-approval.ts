import { parseInstant } from '../../../api/instant.ts';
import type { Missing } from '../../../api/missing.ts';
import type { Approval, SalePlan } from '../../../api/sale-plan.ts';

/** The approval in a SalePlan, and whether it counts now. */
export type GivenApproval =
  | { readonly counts: 'None' }
  /** `missing` says why no approval counts in this cluster. */
  | { readonly counts: 'Unguarded'; readonly missing: string; readonly approval?: Approval }
  | { readonly counts: 'InForce' | 'Ended'; readonly approval: Approval };

/**
 * Decides whether the approval in a SalePlan counts at `now` (epoch ms).
 *
 *   approval   its guard         now               →  counts
 *   none       in force          any                  None
 *   any        not in force      any                  Unguarded: anybody could have written it
 *   stated     in force          before `until`       InForce
 *   stated     in force          from `until` on      Ended: the end is approved as well
 */
export function givenApproval(
  record: Pick<SalePlan, 'spec'> | undefined,
  guard: Missing | undefined,
  now: number,
): GivenApproval {
  const approval = record?.spec.approval;
  if (guard !== undefined)
    return { counts: 'Unguarded', missing: guard.missing, ...(approval === undefined ? {} : { approval }) };
  if (approval === undefined) return { counts: 'None' };
  return { counts: now < parseInstant(approval.until) ? 'InForce' : 'Ended', approval };
}
