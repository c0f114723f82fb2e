import { type Command, InvalidArgumentError } from 'commander';
import { stringify } from 'yaml';
import { apiVersion } from '../api/group.ts';
import { readAutoscaler } from '../kube/resources/read-autoscaler.ts';
import { autoscalers } from '../kube/resources/resource-kind.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';

interface AdoptOptions extends ClusterOptions {
  readonly capacity?: string;
  readonly query?: string;
  readonly source: string;
  readonly ceiling?: number;
}

type Autoscaler = NonNullable<(typeof autoscalers)['object']>;

/** `headstart adopt HPA`: the ScalingTarget of a live HPA, as YAML on standard output. Writes nothing to the cluster. */
export function registerAdopt(program: Command): void {
  addClusterOptions(program.command('adopt'))
    .description(
      'Print a ScalingTarget for a live HPA: its bounds become the baseline. Nothing is written to the cluster.',
    )
    .argument('<hpa>', 'name of the HorizontalPodAutoscaler')
    .option(
      '--capacity <quantity>',
      'requests a second that one ready replica serves; found where the HPA targets a per-pod rate',
    )
    .option('--query <query>', "the service's requests a second, in the metric source's language")
    .option('--source <name>', "the metric source, by its name in the operator's settings", 'prometheus')
    .option('--ceiling <replicas>', 'never above; three times the maximum unless said', parseReplicas)
    .addHelpText(
      'after',
      `
Example:
  headstart adopt checkout -n marketplace --capacity 45 \\
    --query 'sum(rate(http_requests_total{service="checkout"}[1m]))' > checkout-target.yaml`,
    )
    .action(async (name: string, options: AdoptOptions) => {
      const yaml = await withCluster(options, async (connection, namespace) =>
        formatAdopted(await connection.resource(autoscalers).get({ name, namespace }), options),
      );
      process.stdout.write(yaml);
    });
}

/**
 * The ScalingTarget in mode ForecastOnly: watch first, then promote.
 *
 * @throws Error naming the option that is missing, when the HPA does not tell it
 */
export function formatAdopted(hpa: Autoscaler, options: Omit<AdoptOptions, keyof ClusterOptions>): string {
  const { metadata, spec } = hpa;
  const { scaleTargetRef } = spec ?? {};
  const { minReplicas, maxReplicas } = readAutoscaler(hpa).state;
  const capacity = options.capacity ?? perPodRate(hpa);
  if (capacity === undefined) {
    throw new Error(
      `--capacity is needed: HPA ${metadata?.name} scales on ${describeMetrics(hpa)}, which does not say how many requests a second one replica serves`,
    );
  }
  if (options.query === undefined) {
    throw new Error(
      '--query is needed: the requests a second of the service, as sum(rate(http_requests_total{…}[1m]))',
    );
  }
  return stringify({
    apiVersion,
    kind: 'ScalingTarget',
    metadata: { name: scaleTargetRef?.name, namespace: metadata?.namespace },
    spec: {
      workloadRef: {
        apiVersion: scaleTargetRef?.apiVersion ?? 'apps/v1',
        kind: scaleTargetRef?.kind,
        name: scaleTargetRef?.name,
      },
      mode: 'ForecastOnly',
      baseline: { minReplicas, maxReplicas },
      ceiling: options.ceiling ?? 3 * maxReplicas,
      capacityPerReplica: capacity,
      demand: { source: options.source, query: options.query },
    },
  });
}

/** A per-pod average of some rate is what one replica is meant to serve; of a resource it is not. */
function perPodRate({ spec }: Autoscaler): string | undefined {
  const rates = (spec?.metrics ?? []).flatMap(({ external, pods }) => {
    const average = external?.target.averageValue ?? pods?.target.averageValue;
    return average === undefined ? [] : [average];
  });
  return rates.length === 1 ? rates[0] : undefined;
}

function describeMetrics({ spec }: Autoscaler): string {
  const names = (spec?.metrics ?? []).map(
    ({ type, resource, external, pods, object, containerResource }) =>
      resource?.name ?? containerResource?.name ?? (external ?? pods ?? object)?.metric.name ?? type,
  );
  return names.length === 0 ? 'cpu' : names.join(' and ');
}

function parseReplicas(text: string): number {
  const replicas = Number(text);
  if (!Number.isSafeInteger(replicas) || replicas < 1)
    throw new InvalidArgumentError('a whole number of replicas above 0');
  return replicas;
}
