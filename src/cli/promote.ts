import type { Command } from 'commander';
import { parseScalingTarget } from '../api/scaling-target.ts';
import type { Connection } from '../kube/connect.ts';
import { scalingTargets } from '../kube/resources/resource-kind.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';

interface PromoteOptions extends ClusterOptions {
  readonly anyway?: boolean;
  readonly dryRun?: boolean;
}

/** Registers `headstart promote`: sets mode Apply of a target whose forecasts justify it. */
export function registerPromote(program: Command): void {
  addClusterOptions(program.command('promote'))
    .description(
      'Set mode Apply of a ScalingTarget, with the rights of the caller, where its condition PromotionReady justifies it.',
    )
    .argument('<target>', 'name of a ScalingTarget')
    .option('--anyway', 'promote it although PromotionReady is not True')
    .option('--dry-run', 'ask the API server whether you may, and store nothing')
    .addHelpText(
      'after',
      `
Where the target is kept in Git, set mode: Apply there: GitOps would put it back.
To demote it: kubectl patch scalingtarget NAME -n NAMESPACE --type merge -p '{"spec":{"mode":"ForecastOnly"}}'

Example:
  headstart promote gateway -n marketplace`,
    )
    .action(async (name: string, { anyway = false, dryRun = false, ...options }: PromoteOptions) => {
      const text = await withCluster(options, (connection, namespace) =>
        promote(connection, { name, namespace }, { anyway, dryRun }),
      );
      process.stdout.write(text);
    });
}

/**
 * Sets `spec.mode: Apply` of a target, on the version that was read.
 *
 * @throws Error when PromotionReady does not justify it; ApiError when the caller may not
 */
export async function promote(
  connection: Connection,
  key: { readonly name: string; readonly namespace: string },
  { anyway, dryRun }: { readonly anyway: boolean; readonly dryRun: boolean },
): Promise<string> {
  const where = `ScalingTarget ${key.namespace}/${key.name}`;
  const targets = connection.resource(scalingTargets);
  const { metadata, spec, status } = parseScalingTarget(await targets.get(key));
  if (spec.mode === 'Apply') return `${where} is in mode Apply already.\n`;
  const found = status?.conditions?.find(({ type }) => type === 'PromotionReady');
  const figures = found?.message ?? 'The operator has not judged it yet.';
  if (found?.status !== 'True' && !anyway)
    throw new Error(`${where} is not ready to be promoted. ${figures} --anyway promotes it all the same.`);
  const { resourceVersion } = metadata;
  const version = resourceVersion === undefined ? {} : { metadata: { resourceVersion } };
  await targets.merge(key, { ...version, spec: { mode: 'Apply' } }, { dryRun, fieldManager: 'headstart-promote' });
  return `${where}: mode Apply${dryRun ? ' (--dry-run: not stored)' : ''}. ${figures}\n`;
}
