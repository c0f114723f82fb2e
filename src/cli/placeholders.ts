import type { Command } from 'commander';
import { parseScalingTarget, type ScalingTarget } from '../api/scaling-target.ts';
import type { Connection } from '../kube/connect.ts';
import { deployments, scalingTargets, statefulSets } from '../kube/resources/resource-kind.ts';
import { formatBuffers } from './adopt/format-buffers.ts';
import { formatPlaceholders } from './adopt/format-placeholders.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { parseName } from './options/parse-name.ts';

interface PlaceholderOptions extends ClusterOptions {
  readonly image: string;
  readonly priorityClass: string;
  readonly capacityBuffer?: boolean;
}

/** The pause image of Kubernetes: it holds a place and does nothing. */
const pauseImage = 'registry.k8s.io/pause:3.10.1';

/** Registers `headstart placeholders TARGET…`: prints what `nodeRoom` scales. */
export function registerPlaceholders(program: Command): void {
  addClusterOptions(program.command('placeholders'))
    .description(
      'Print Deployments of placeholder pods that request what the pods of targets do, for nodeRoom: PlaceholderPods, or CapacityBuffers of their size, for nodeRoom: CapacityBuffer. Nothing is written to the cluster.',
    )
    .argument('<targets...>', 'names of ScalingTargets', (text, before: readonly string[] = []) => [
      ...before,
      parseName(text),
    ])
    .option('--image <image>', 'an image that does nothing', pauseImage)
    .option('--priority-class <name>', 'their PriorityClass, below 0; printed too', 'headstart-placeholder')
    .option('--capacity-buffer', 'CapacityBuffers in place of Deployments')
    .addHelpText('after', '\nExample:\n  headstart placeholders checkout cart -n marketplace | kubectl apply -f -')
    .action(
      async (names: readonly string[], { image, priorityClass, capacityBuffer, ...options }: PlaceholderOptions) => {
        const yaml = await withCluster(options, async (connection, namespace) => {
          if (capacityBuffer) {
            const targets = connection.resource(scalingTargets);
            return formatBuffers(
              await Promise.all(names.map(async name => parseScalingTarget(await targets.get({ name, namespace })))),
            );
          }
          const found = await Promise.all(names.map(name => readTarget(connection, { name, namespace })));
          return formatPlaceholders(found, { image, priorityClass });
        });
        process.stdout.write(yaml);
      },
    );
}

/** Reads a target and the pod template of its workload. @throws Error when it has none that can be read here */
async function readTarget(connection: Connection, ref: { readonly name: string; readonly namespace: string }) {
  const target: ScalingTarget = parseScalingTarget(await connection.resource(scalingTargets).get(ref));
  const { kind, apiVersion, name } = target.spec.workloadRef;
  const own = { name, namespace: ref.namespace };
  if (apiVersion === 'apps/v1' && kind === 'Deployment')
    return { target, template: (await connection.resource(deployments).get(own)).spec?.template };
  if (apiVersion === 'apps/v1' && kind === 'StatefulSet')
    return { target, template: (await connection.resource(statefulSets).get(own)).spec?.template };
  throw new Error(
    `${kind} ${name} is neither a Deployment nor a StatefulSet: write the placeholders of ${ref.name} by hand`,
  );
}
