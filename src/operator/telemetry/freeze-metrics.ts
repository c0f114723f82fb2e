import { Gauge, type Registry } from 'prom-client';
import { openFreeze } from '../../api/series/deploy-freezes.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Sample } from './namespace-series.ts';

/** Metrics of the freeze windows of a namespace. */
export interface FreezeMetrics {
  readonly freezeOpen: Gauge<'namespace'>;
  readonly freezeStart: Gauge<'namespace'>;
  readonly freezeEnd: Gauge<'namespace'>;
}

/** Registers the metrics of freeze windows in a registry. */
export function createFreezeMetrics(registry: Registry): FreezeMetrics {
  const [registers, labelNames] = [[registry], ['namespace'] as const];
  return {
    freezeOpen: new Gauge({
      name: 'headstart_freeze_open',
      help: '1 while a freeze window is open, in which nothing should be deployed, else 0; absent where the policy states no freeze.',
      labelNames,
      registers,
    }),
    freezeStart: new Gauge({
      name: 'headstart_freeze_start_timestamp_seconds',
      help: 'When the freeze window opens that is open or comes next; absent while there is none.',
      labelNames,
      registers,
    }),
    freezeEnd: new Gauge({
      name: 'headstart_freeze_end_timestamp_seconds',
      help: 'When the freeze window closes that is open or comes next; absent while there is none.',
      labelNames,
      registers,
    }),
  };
}

/** Returns the samples of a namespace's freeze windows. */
export function freezeSamples(
  metrics: FreezeMetrics,
  { namespace, freezes, now }: Pick<Plan, 'namespace' | 'freezes' | 'now'>,
): readonly Sample[] {
  if (freezes === undefined) return [];
  const labels = { namespace };
  const open = { gauge: metrics.freezeOpen, labels, value: openFreeze(freezes, now) === undefined ? 0 : 1 };
  return [
    open,
    ...freezes.slice(0, 1).flatMap(({ start, end }) => [
      { gauge: metrics.freezeStart, labels, value: start / 1000 },
      { gauge: metrics.freezeEnd, labels, value: end / 1000 },
    ]),
  ];
}
