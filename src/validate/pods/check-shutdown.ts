import type { Remark, Rule } from '../finding.ts';
import { containersOf, type TemplateContainer } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/** Checks that a pod has time to stop: its grace period, 30 s by default, counts from before the preStop hook. */
export const checkShutdown: Rule = {
  code: 'grace-period',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      containersOf(spec).flatMap(({ container, path }): readonly Remark[] => {
        const hook = preStopSeconds(container);
        const grace = spec.terminationGracePeriodSeconds ?? 30;
        if (hook === 0 || grace > hook) return [];
        const message = `container ${container.name} sleeps ${hook} s in preStop, but the pod is killed after ${grace} s: set terminationGracePeriodSeconds above ${hook} and what requests in progress take`;
        return [{ object, field: [...at, ...path, 'lifecycle', 'preStop'], message }];
      }),
    ),
};

/** How many seconds a preStop hook sleeps: by its own action, or by `sleep 15` in a command. */
function preStopSeconds({ lifecycle }: TemplateContainer): number {
  const { sleep, exec } = lifecycle?.preStop ?? {};
  if (sleep != null) return sleep.seconds;
  const command = (exec?.command ?? []).join(' ');
  const [, seconds, unit] = /(?:^|[\s/;&|])sleep\s+(\d+(?:\.\d+)?)([smh]?)(?=$|[\s;&|"'])/.exec(command) ?? [];
  return Number(seconds ?? 0) * ({ m: 60, h: 3600 }[unit ?? ''] ?? 1);
}
