import { type Command, InvalidArgumentError } from 'commander';
import { isApiError } from '../kube/api-error.ts';
import type { Connection } from '../kube/connect.ts';
import { readAutoscaler } from '../kube/resources/read-autoscaler.ts';
import { autoscalers, scaledObjects } from '../kube/resources/resource-kind.ts';
import { type AdoptedFields, formatAdopted } from './adopt/format-adopted.ts';
import { listAdopted } from './adopt/list-adopted.ts';
import { parseCapacity, parseCapacityOf } from './adopt/parse-capacity-of.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { Misuse } from './options/misuse.ts';
import { parseName } from './options/parse-name.ts';

interface AdoptOptions extends AdoptedFields, ClusterOptions {
  readonly all?: boolean;
  readonly settings?: string;
  readonly capacityOf?: ReadonlyMap<string, string>;
  readonly output?: string;
}

/** Registers `headstart adopt`: prints the ScalingTargets of live HPAs as YAML. Writes nothing to the cluster. */
export function registerAdopt(program: Command): void {
  const adopt: Command = addClusterOptions(program.command('adopt'))
    .description(
      'Print a ScalingTarget for a live HPA, or for all of a namespace: its bounds become the baseline. Nothing is written to the cluster. With --all, demand and capacity are looked for in the metric source, and 1 is the exit code where an answer of yours is needed.',
    )
    .argument('[hpa]', 'name of the HorizontalPodAutoscaler', parseName)
    .option('--all', "every HPA of the namespace that is nobody's yet")
    .option(
      '--capacity <quantity>',
      'requests per second that one ready replica serves; found where the HPA targets them per pod',
      parseCapacity,
    )
    .option('--query <query>', "the service's requests per second, in the metric source's language")
    .option('--source <name>', "the metric source, by its name in the operator's settings", 'prometheus')
    .option('--ceiling <replicas>', 'never above; three times the maximum unless said', parseReplicas)
    .option('--name <name>', "name of the ScalingTarget; the workload's unless said", parseName)
    .option('--settings <file>', "with --all: the operator's settings, with the source")
    .option(
      '--capacity-of <workload=quantity...>',
      'with --all: what one ready replica of a workload serves',
      parseCapacityOf,
    )
    .option('-o, --output <folder>', 'with --all: a file for each, instead of standard output')
    .addHelpText(
      'after',
      `
Examples:
  headstart adopt --all -n marketplace --settings settings.yaml -o targets
  headstart adopt checkout -n marketplace --capacity 45 \\
    --query 'sum(rate(http_requests_total{service="checkout"}[1m]))' > checkout-target.yaml`,
    );
  adopt.action(async (hpa: string | undefined, options: AdoptOptions) => {
    if ((hpa === undefined) !== (options.all === true)) throw new Misuse('name one HPA, or say --all');
    const unread = (hpa === undefined ? ofOneOnly : ofAllOnly).find(name => options[name] !== undefined);
    if (unread !== undefined)
      throw new Misuse(`--${kebab(unread)} goes ${hpa === undefined ? 'with one HPA, not with --all' : 'with --all'}`);
    if (hpa !== undefined) {
      process.stdout.write(await adoptNamed(hpa, options));
      return;
    }
    if (options.settings === undefined) throw new Misuse('--all needs --settings, with the source to ask');
    const { runAdoptAll } = await import('./adopt/run-adopt-all.ts');
    await runAdoptAll({ ...options, settings: options.settings });
  });
}

const ofOneOnly = ['capacity', 'query', 'ceiling', 'name'] as const;
const ofAllOnly = ['settings', 'capacityOf', 'output'] as const;

/** The name of an option as it is written: `capacityOf` → `capacity-of`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

function adoptNamed(hpa: string, options: AdoptOptions): Promise<string> {
  return withCluster(options, async (connection, namespace) => {
    const live = await connection.resource(autoscalers).get({ name: hpa, namespace });
    const { owner } = readAutoscaler(live);
    const scaledObject =
      owner?.kind === 'ScaledObject' ? await findScaledObject(connection, owner.name, namespace) : undefined;
    return formatAdopted(live, { ...options, scaledObject }, await listAdopted(connection, namespace));
  });
}

/** Reads a ScaledObject; undefined where the caller may not, or the cluster has none. */
async function findScaledObject(connection: Connection, name: string, namespace: string) {
  try {
    return await connection.resource(scaledObjects).get({ name, namespace });
  } catch (error) {
    if (isApiError(error, 403, 404)) return undefined;
    throw error;
  }
}

function parseReplicas(text: string): number {
  const replicas = Number(text);
  if (!Number.isSafeInteger(replicas) || replicas < 1)
    throw new InvalidArgumentError('a whole number of replicas above 0');
  return replicas;
}
