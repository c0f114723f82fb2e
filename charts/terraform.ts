import { peakDemand } from './facts/clusters/peak-demand.ts';
import type { EnvironmentFacts } from './facts/environment-schema.ts';
import type { Facts } from './facts/facts-schema.ts';
import { marker } from './write-manifests.ts';

/**
 * What Terraform needs to know about an environment, as `<environment>.tf.json`: the capacity that its nodes must
 * provide at the peak, and the fields of HPAs that it must not reset if it owns them. docs/platform.md states who owns
 * what.
 */
export function terraformFiles(facts: Facts): ReadonlyMap<string, string> {
  return new Map(
    facts.environments.map(environment => [
      `${environment.name}.tf.json`,
      `${JSON.stringify({ '//': marker, locals: localsOf(environment, facts) }, null, 2)}\n`,
    ]),
  );
}

function localsOf(environment: EnvironmentFacts, facts: Facts) {
  const peak = peakDemand(environment, facts);
  const prefix = environment.name.replaceAll('-', '_');
  return {
    [`${prefix}_node_room`]: {
      cpu_cores: Math.ceil(peak.cpuMillicores / 1000),
      memory_gibibytes: Math.ceil(peak.memoryMebibytes / 1024),
      pods: peak.pods,
    },
    // lifecycle { ignore_changes = … } takes literals only, so these lines are copied from here; a test checks them.
    [`${prefix}_hpa_ignore_changes`]: ['spec[0].min_replicas', 'spec[0].max_replicas', 'metadata[0].annotations'],
    [`${prefix}_deployment_ignore_changes`]: ['spec[0].replicas'],
  };
}
