import { type Command, Option } from 'commander';
import { apiVersion } from '../../api/group.ts';
import { policyName } from '../../api/scaling-policy.ts';
import type { Paused } from '../../api/scaling-target.ts';
import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { scalingPolicies, scalingTargets } from '../../kube/resources/resource-kind.ts';
import type { UnparsedObject } from '../../kube/resources/wire.ts';
import { withCluster } from '../cluster-options.ts';
import { parseName } from '../options/parse-name.ts';
import { addChangeOptions, type ChangeOptions, formatWrite, managerOf, withSpec } from './change-options.ts';
import { refuseGitOwned } from './git-owner.ts';

interface PauseOptions extends ChangeOptions {
  readonly only?: 'up' | 'down';
  readonly force?: boolean;
}

/** Registers `headstart pause` and `headstart resume`: whether bounds of a namespace, or of one target, are changed. */
export function registerPause(program: Command): void {
  addChangeOptions(program.command('pause'))
    .description(
      'Keep bounds as they are, of the namespace or of one ScalingTarget: nothing is raised and nothing is put back.',
    )
    .argument('[target]', 'name of a ScalingTarget; without it the whole namespace', parseName)
    .addOption(new Option('--only <direction>', 'pause raises, or restores, alone').choices(['up', 'down']))
    .option('--force', 'also where Argo CD or Flux keeps the field in Git')
    .addHelpText(
      'after',
      '\nExamples:\n  headstart pause -n marketplace\n  headstart pause checkout -n marketplace --only down',
    )
    .action((target: string | undefined, { only, ...options }: PauseOptions) =>
      run(options, { target, paused: only === undefined ? 'Both' : directions[only], canForce: true }),
    );
  addChangeOptions(program.command('resume'))
    .description('End a pause of the namespace, or of one ScalingTarget: what is due is raised or put back at once.')
    .argument('[target]', 'name of a ScalingTarget; without it the whole namespace', parseName)
    .addHelpText('after', '\nExample:\n  headstart resume -n marketplace')
    .action((target: string | undefined, options: PauseOptions) =>
      run(options, { target, paused: 'None', canForce: false }),
    );
}

const directions = { up: 'Up', down: 'Down' } as const;

interface Pause {
  readonly target: string | undefined;
  readonly paused: Paused;
  readonly canForce: boolean;
}

async function run(options: PauseOptions, asked: Pause): Promise<void> {
  const text = await withCluster(options, (connection, namespace) =>
    pause(connection, { ...asked, namespace }, options),
  );
  process.stdout.write(text);
}

/**
 * Sets `spec.paused` of a ScalingTarget, or of the namespace's policy, which is made where there is none. What stays paused
 * after a resume, since it is paused elsewhere, is told.
 *
 * @throws Error when Git keeps the field and it is not forced; ApiError when there is no such target or the caller may not
 */
export async function pause(
  connection: Connection,
  { target, paused, canForce, namespace }: Pause & { readonly namespace: string },
  { force = false, dryRun, output }: Pick<PauseOptions, 'force' | 'dryRun' | 'output'>,
): Promise<string> {
  const kind = target === undefined ? scalingPolicies : scalingTargets;
  const ref = { name: target ?? policyName, namespace };
  const resource = connection.resource(kind);
  const done = paused === 'None' ? 'resumed' : 'paused';
  const live = await resource.get(ref).catch((error: unknown) => {
    if (isApiError(error, 404) && target === undefined) return undefined;
    throw error;
  });
  const writing = { dryRun: dryRun === 'server', fieldManager: managerOf('pause') };
  if (paused === 'None') await tellStillPaused(connection, { namespace, target });
  if (live === undefined && paused === 'None') return `namespace ${namespace} is not paused\n`;
  if (live === undefined) {
    const made = { apiVersion, kind: kind.kind, metadata: ref, spec: { paused } };
    const object = dryRun === 'client' ? made : await resource.create(made, writing);
    return formatWrite({ kind, object, done }, { output, dryRun });
  }
  if (paused === 'None' && pausedOf(live) === 'None')
    return formatWrite({ kind, object: live, done: 'not paused' }, { output });
  const change = { what: `${kind.kind} ${namespace}/${ref.name}`, path: ['spec', 'paused'], value: paused };
  const told = refuseGitOwned(live, change, { force, canForce });
  if (told !== undefined) process.stderr.write(`headstart: ${told}`);
  const object =
    dryRun === 'client' ? withSpec(live, { paused }) : await resource.merge(ref, { spec: { paused } }, writing);
  return formatWrite({ kind, object, done }, { output, dryRun });
}

/** Tells on standard error what keeps bounds as they are after a resume: the policy, or targets that are paused themselves. */
async function tellStillPaused(
  connection: Connection,
  { namespace, target }: { readonly namespace: string; readonly target: string | undefined },
): Promise<void> {
  const kind = target === undefined ? scalingTargets : scalingPolicies;
  // Who may only write is not kept from it by this look.
  const listed = await connection
    .resource(kind)
    .list({ namespace })
    .catch((error: unknown) => {
      if (isApiError(error, 403)) return [];
      throw error;
    });
  const still = listed.filter(object => pausedOf(object) !== 'None').map(({ metadata }) => metadata?.name ?? '');
  if (still.length === 0) return;
  const where = ` -n ${namespace}`;
  const told =
    target === undefined
      ? `${still.join(', ')} ${still.length === 1 ? 'is paused still, by itself' : 'are paused still, each by itself'}: headstart resume ${still.length === 1 ? still[0] : 'TARGET'}${where} ends it`
      : `the whole namespace ${namespace} is paused still, ${target} with it: headstart resume${where} ends it`;
  process.stderr.write(`headstart: ${told}\n`);
}

/** Which direction an object pauses, as it is written. */
function pausedOf({ spec }: UnparsedObject): string {
  const written = typeof spec === 'object' && spec !== null && 'paused' in spec ? spec.paused : undefined;
  return typeof written === 'string' ? written : 'None';
}
