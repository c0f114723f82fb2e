import { decidesBounds } from '../../api/planning-rules.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { Bounds } from '../plan.ts';
import type { TargetDecision } from './target-decision.ts';

/**
 * Describes the change that a decision makes to the live object, and its reason; undefined when it changes nothing.
 *
 *   live       decided        →  in words
 *   4..20      29..44            gateway 4 → 29, max 20 → 44: drop starts at 20:00 UTC, P95 at its highest 288/s, at 20:40 UTC
 *   29..44     19..44            gateway 29 → 19: the forecast's peak of drop was over at 20:41 UTC, demand 12 s old, …
 *   4..44      4..20             gateway max 44 → 20: …
 *   60..60     60..60, marked    gateway stays at 60..60: …
 *   4, no HPA  29                gateway 4 → 29: …
 */
export function describeBoundsChange(
  { name, scaler }: Pick<DesiredFloor, 'name' | 'scaler'>,
  decision: TargetDecision,
): string | undefined {
  if (scaler === undefined || decision.action !== 'Write') return undefined;
  const { bounds, replicas, floor, floorMax, because } = decision;
  if (scaler.kind === 'Workload') {
    const { currentReplicas } = scaler;
    if (replicas === undefined || replicas === currentReplicas) return undefined;
    return `${name} ${currentReplicas} → ${replicas}${clauseOf(because)}`;
  }
  const isMarked = floor === scaler.floor && floorMax === scaler.floorMax;
  if (sameBounds(bounds, scaler))
    return isMarked ? undefined : `${name} stays at ${describeBounds(bounds)}${clauseOf(because)}`;
  const [min, max] = [
    bounds.minReplicas === scaler.minReplicas ? [] : [`${scaler.minReplicas} → ${bounds.minReplicas}`],
    bounds.maxReplicas === scaler.maxReplicas ? [] : [`max ${scaler.maxReplicas} → ${bounds.maxReplicas}`],
  ];
  return `${name} ${[...min, ...max].join(', ')}${clauseOf(because)}`;
}

/** The sentences of the rules that decided, each once, after a colon. */
export function clauseOf(because: readonly ReasonStep[]): string {
  const said = because.filter(({ rule }) => decidesBounds(rule)).map(({ message }) => message);
  return said.length === 0 ? '' : `: ${[...new Set(said)].join('; ')}`;
}

/** Formats bounds: `29..44`. */
export function describeBounds({ minReplicas, maxReplicas }: Bounds): string {
  return `${minReplicas}..${maxReplicas}`;
}

/** Whether two bounds have the same minimum and the same maximum. */
export function sameBounds(one: Bounds, other: Bounds): boolean {
  return one.minReplicas === other.minReplicas && one.maxReplicas === other.maxReplicas;
}
