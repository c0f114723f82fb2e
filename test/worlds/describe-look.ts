import { type Look, liveOf } from './oracles/look.ts';

/** What happened in a world up to a look, and what the look found and planned, in lines for whoever asks why. */
export function describeLook({ world, now, previous, observation, plan }: Look): string {
  const since = previous?.now ?? Number.NEGATIVE_INFINITY;
  const changes = world.changes
    .filter(({ at }) => since < at && at <= now)
    .map(({ at, what }) => `  ${timeOf(at)} ${what}`);
  const sales = plan.sales.map(
    ({ salePlan, stage, prescaleTime, start, end, findings = [] }) =>
      `  sale ${salePlan} ${stage} ${[prescaleTime, start, end].map(timeOf).join(' ')} ${findings.map(({ reason, message }) => `${reason}: ${message}`).join(' | ')}`,
  );
  const targets = plan.targets.map(({ target, action, reason, floor, bounds, replicas, because }) => {
    const observed = observation.targets.find(one => one.target.metadata.name === target);
    const live = observed === undefined ? undefined : liveOf(observed);
    const stood = live === undefined ? 'none' : `${live.min}..${live.max} floor ${live.floor} runs ${live.running}`;
    const planned = `${action} ${bounds.minReplicas}..${bounds.maxReplicas} floor ${floor} replicas ${replicas} (${reason})`;
    return `  ${target}: ${stood} → ${planned}: ${because.map(({ message }) => message).join(' → ')}`;
  });
  return [`${timeOf(now)}`, ...changes, ...sales, ...targets].join('\n');
}

function timeOf(instant: number | undefined): string {
  return instant === undefined ? '-' : new Date(instant).toISOString();
}
