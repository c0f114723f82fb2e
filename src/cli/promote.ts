import type { Command } from 'commander';
import { parseScalingTarget } from '../api/scaling-target.ts';
import type { Connection } from '../kube/connect.ts';
import { scalingTargets } from '../kube/resources/resource-kind.ts';
import { addChangeOptions, type ChangeOptions, formatWrite, managerOf, withSpec } from './changes/change-options.ts';
import { refuseGitOwned } from './changes/git-owner.ts';
import { withCluster } from './cluster-options.ts';
import { parseName } from './options/parse-name.ts';

interface PromoteOptions extends ChangeOptions {
  readonly anyway?: boolean;
}

/** Registers `headstart promote`: sets mode Apply of a target whose forecasts justify it. */
export function registerPromote(program: Command): void {
  addChangeOptions(program.command('promote'))
    .description(
      'Set mode Apply of a ScalingTarget, with the rights of the caller, where its condition PromotionReady justifies it.',
    )
    .argument('<target>', 'name of a ScalingTarget', parseName)
    .option('--anyway', 'promote it although PromotionReady is not True')
    .addHelpText(
      'after',
      `
Where Argo CD or Flux keeps the mode in Git, it is refused, and the change to make there is printed.
To demote it: kubectl patch scalingtarget NAME -n NAMESPACE --type merge -p '{"spec":{"mode":"ForecastOnly"}}'

Example:
  headstart promote gateway -n marketplace`,
    )
    .action(async (name: string, options: PromoteOptions) => {
      const text = await withCluster(options, (connection, namespace) =>
        promote(connection, { name, namespace }, options),
      );
      process.stdout.write(text);
    });
}

/**
 * Sets `spec.mode: Apply` of a target, on the version that was read.
 *
 * @throws Error when PromotionReady does not justify it, or Git keeps the mode; ApiError when the caller may not
 */
export async function promote(
  connection: Connection,
  key: { readonly name: string; readonly namespace: string },
  { anyway = false, dryRun, output }: Pick<PromoteOptions, 'anyway' | 'dryRun' | 'output'>,
): Promise<string> {
  const where = `ScalingTarget ${key.namespace}/${key.name}`;
  const kind = scalingTargets;
  const targets = connection.resource(kind);
  const live = await targets.get(key);
  const { metadata, spec, status } = parseScalingTarget(live);
  if (spec.mode === 'Apply') return formatWrite({ kind, object: live, done: 'in mode Apply already' }, { output });
  const found = status?.conditions?.find(({ type }) => type === 'PromotionReady');
  const figures = found?.message ?? 'The operator has not judged it yet.';
  if (found?.status !== 'True' && !anyway)
    throw new Error(`${where} is not ready to be promoted. ${figures} --anyway promotes it all the same.`);
  const change = { what: where, path: ['spec', 'mode'], value: 'Apply' };
  refuseGitOwned(live, change, { force: false, canForce: false });
  const { resourceVersion } = metadata;
  const version = resourceVersion === undefined ? {} : { metadata: { resourceVersion } };
  const patch = { ...version, spec: { mode: 'Apply' } };
  const object =
    dryRun === 'client'
      ? withSpec(live, patch.spec)
      : await targets.merge(key, patch, { dryRun: dryRun === 'server', fieldManager: managerOf('promote') });
  const line = formatWrite({ kind, object, done: 'promoted to mode Apply' }, { output, dryRun });
  return output === undefined ? `${line}${figures}\n` : line;
}
