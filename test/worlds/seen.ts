import { conditionCatalogue } from '../../src/api/conditions/condition-catalogue.ts';
import { findingReasons } from '../../src/api/conditions/finding-reasons.ts';
import { planningRules } from '../../src/api/planning-rules.ts';
import { salePlanConditions } from '../../src/plan/conditions/sale-plan-conditions.ts';
import type { Look } from './oracles/look.ts';

/** The rules, reasons of conditions and findings that one look names. */
export function seenIn({ plan }: Look): ReadonlySet<string> {
  const seen = new Set<string>();
  const tell = (kind: string, conditions: readonly { type: string; status: string; reason: string }[]) => {
    for (const { type, status, reason } of conditions) seen.add(`${kind} ${type}=${status} ${reason}`);
  };
  for (const { because, conditions } of plan.targets) {
    for (const { rule } of because) seen.add(`rule ${rule}`);
    tell('ScalingTarget', conditions);
  }
  for (const outlook of plan.sales) {
    for (const { because } of outlook.targets) for (const { rule } of because) seen.add(`rule ${rule}`);
    for (const { reason } of outlook.findings ?? []) seen.add(`finding ${reason}`);
    tell('FlashSale', outlook.conditions);
    tell('SalePlan', salePlanConditions(outlook, outlook.stage === 'Past'));
  }
  for (const { kind, conditions } of plan.others) tell(kind, conditions);
  for (const { plan: stray } of plan.strays ?? []) seen.add(`stray ${stray.action}`);
  return seen;
}

/** Reasons that follow from what came of a write, which a plan does not know. */
const ofWrites = ['WriteConflict', 'WriteRefused', 'WriteGone', 'WriteDeferred', 'WriteFailed'];
/** Types that are derived from others, with the reasons of those. */
const derived = ['Ready', 'Reconciling', 'Stalled'];

/** Everything that worlds must show: every planning rule, every reason of a condition that a plan states, every finding. */
export function toBeSeen(): readonly string[] {
  const reasons = Object.entries(conditionCatalogue).flatMap(([type, { reasons: byKind }]) =>
    derived.includes(type)
      ? []
      : Object.entries(byKind).flatMap(([kind, byStatus]) =>
          Object.entries(byStatus as Readonly<Record<string, readonly string[]>>).flatMap(([status, list]) =>
            list.filter(reason => !ofWrites.includes(reason)).map(reason => `${kind} ${type}=${status} ${reason}`),
          ),
        ),
  );
  const findings = Object.values(findingReasons).flatMap(byReason => Object.keys(byReason));
  return [
    ...Object.keys(planningRules).map(rule => `rule ${rule}`),
    ...reasons,
    ...findings.map(reason => `finding ${reason}`),
    ...['Planned', 'Reviewed', 'ReviewDue', 'SaleGone'].map(
      reason => `SalePlan Ready=${reason === 'Planned' || reason === 'Reviewed' ? 'True' : 'False'} ${reason}`,
    ),
    'stray Write',
    'stray Release',
  ];
}
