import { type Command, InvalidArgumentError } from 'commander';
import { name as nameSchema } from '../api/field.ts';
import { ApiError } from '../kube/api-error.ts';
import type { Connection } from '../kube/connect.ts';
import { autoscalers, scalingTargets } from '../kube/resources/resource-kind.ts';
import type { KubeObject } from '../kube/resources/wire.ts';
import { type AdoptedFields, formatAdopted } from './adopt/format-adopted.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';

/** Registers `headstart adopt HPA`: prints the ScalingTarget of a live HPA as YAML. Writes nothing to the cluster. */
export function registerAdopt(program: Command): void {
  addClusterOptions(program.command('adopt'))
    .description(
      'Print a ScalingTarget for a live HPA: its bounds become the baseline. Nothing is written to the cluster.',
    )
    .argument('<hpa>', 'name of the HorizontalPodAutoscaler')
    .option(
      '--capacity <quantity>',
      'requests per second that one ready replica serves; found where the HPA targets them per pod',
    )
    .option('--query <query>', "the service's requests per second, in the metric source's language")
    .option('--source <name>', "the metric source, by its name in the operator's settings", 'prometheus')
    .option('--ceiling <replicas>', 'never above; three times the maximum unless said', parseReplicas)
    .option('--name <name>', "name of the ScalingTarget; the workload's unless said", parseName)
    .addHelpText(
      'after',
      `
Example:
  headstart adopt checkout -n marketplace --capacity 45 \\
    --query 'sum(rate(http_requests_total{service="checkout"}[1m]))' > checkout-target.yaml`,
    )
    .action(async (hpa: string, options: AdoptedFields & ClusterOptions) => {
      const yaml = await withCluster(options, async (connection, namespace) => {
        const live = await connection.resource(autoscalers).get({ name: hpa, namespace });
        const targets = await listTargets(connection, namespace);
        return formatAdopted(live, options, targets);
      });
      process.stdout.write(yaml);
    });
}

/** Lists the ScalingTargets of a namespace; none when the cluster does not have the kind yet. */
async function listTargets(connection: Connection, namespace: string): Promise<readonly KubeObject[]> {
  try {
    return await connection.resource(scalingTargets).list({ namespace });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

function parseReplicas(text: string): number {
  const replicas = Number(text);
  if (!Number.isSafeInteger(replicas) || replicas < 1)
    throw new InvalidArgumentError('a whole number of replicas above 0');
  return replicas;
}

function parseName(text: string): string {
  if (!nameSchema.safeParse(text).success)
    throw new InvalidArgumentError('lower-case letters, digits, "-" and ".", 253 characters at most');
  return text;
}
