import { formatInstant } from '../../../src/api/instant.ts';
import { changePolicy, changeTarget, type Draft, minuteMs, withGiven } from '../world.ts';
import { anySale, instantIn } from './change-sale.ts';

export function withPolicy(draft: Draft, fields: Readonly<Record<string, unknown>>): void {
  draft.given = changePolicy(draft.given, fields);
}

/** Fields of the policy from an instant in a sale on, or from the beginning. */
export function withPolicyAt(draft: Draft, what: string, fields: Readonly<Record<string, unknown>>): number {
  const at = instantIn(draft, anySale(draft), 'any');
  draft.changes.push({ at, what, change: state => withGiven(state, given => changePolicy(given, fields)) });
  return at;
}

export function withEmergency(draft: Draft, action: 'Ceiling' | 'Baseline'): void {
  const at = instantIn(draft, anySale(draft), 'any');
  const until = at + draft.random.pick([5, 20, 240]) * minuteMs;
  const stated = { action, until: formatInstant(until), requestedBy: 'ann', reason: 'an incident' };
  draft.changes.push({
    at,
    what: `emergency ${action}`,
    change: state => withGiven(state, given => changePolicy(given, { emergency: stated })),
  });
  draft.changes.push({ at: until, what: `the end of emergency ${action}`, change: state => state });
}

/** Which targets use a limit, by replica or by request. */
export function withLimit(draft: Draft, per: 'perReplica' | 'perThousandRequests'): void {
  const { random, given } = draft;
  const targets = Object.entries(given.targets).map(([name, target]) => {
    const use = { limit: 'database', [per]: per === 'perReplica' ? random.int(0, 20) : random.int(100, 2000) };
    return [
      name,
      random.chance(0.7)
        ? { ...target, workload: { maxSurge: random.pick([1, '25%']) }, spec: { ...target?.spec, uses: [use] } }
        : target,
    ];
  });
  draft.given = { ...given, targets: Object.fromEntries(targets) };
  withPolicy(draft, { limits: [{ name: 'database', total: random.int(50, 1500) }] });
}

/** Who approves how much of which sale, and until when. */
export function withApproval(draft: Draft): void {
  const { random, given } = draft;
  const { name, endTime } = anySale(draft);
  const isAmple = random.chance(0.5);
  const upTo = Object.fromEntries(
    Object.keys(given.targets).map(target => [target, isAmple ? 9000 : random.int(5, 200)]),
  );
  const until = random.chance(0.5)
    ? '2030-01-01T00:00:00Z'
    : formatInstant(Date.parse(endTime) - random.int(1, 60) * minuteMs);
  withPolicy(draft, { approval: { abovePeakPercent: 150 } });
  draft.given = { ...draft.given, approvals: { [name]: { until, upTo } } };
  if (random.chance(0.3)) withPolicyAt(draft, 'the approval is not asked for any more', { approval: undefined });
  const at = Date.parse(until);
  if (at < draft.evening + 86_400_000)
    draft.changes.push({ at, what: 'the end of the approval', change: state => state });
}

/** Every HPA has the maximum that it has as minimum. */
export function withoutRoom(given: Draft['given']): Draft['given'] {
  return Object.keys(given.targets).reduce(
    (all, name) =>
      changeTarget(all, name, target => {
        if (target.hpa === undefined || target.hpa === 'none' || target.hpa.minReplicas === undefined) return target;
        return { ...target, hpa: { ...target.hpa, maxReplicas: target.hpa.minReplicas, otherWriters: ['flux'] } };
      }),
    given,
  );
}
