import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Emergency, emergency as emergencySchema } from '../api/field.ts';
import { formatInstant } from '../api/instant.ts';
import { policyName } from '../api/scaling-policy.ts';
import { isApiError } from '../kube/api-error.ts';
import { callerName } from '../kube/caller-name.ts';
import type { Connection } from '../kube/connect.ts';
import { scalingPolicies, scalingTargets } from '../kube/resources/resource-kind.ts';
import type { EmergencyOutcome } from '../operator/direct/emergency-direct.ts';
import { addDryRun, type DryRun, managerOf } from './changes/change-options.ts';
import { refuseGitOwned } from './changes/git-owner.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { durationBetween } from './go-duration.ts';
import { readClusterTime } from './options/cluster-time.ts';
import { Misuse } from './options/misuse.ts';
import { parseName } from './options/parse-name.ts';
import { formatTable } from './output/format-table.ts';
import { wallClock } from './wall-clock.ts';

interface EmergencyCommandOptions extends ClusterOptions {
  readonly target?: string;
  /** Milliseconds. */
  readonly for: number;
  readonly reason?: string;
  readonly direct?: boolean;
  readonly force?: boolean;
  readonly dryRun?: DryRun | undefined;
  /** Milliseconds. */
  readonly wait: number;
}

/** What the command is asked for: an emergency, or its end. */
const actions = { ceiling: 'Ceiling', baseline: 'Baseline', end: undefined } as const;

/** Registers `headstart emergency`: states an emergency, ends it, or puts it in force without the operator. */
export function registerEmergency(program: Command): void {
  addDryRun(addClusterOptions(program.command('emergency')))
    .description(
      'Raise a namespace to its ceilings, or put it back to its baselines, at once: without forecast, metrics or approval. A pause beats it.',
    )
    .argument('<action>', 'ceiling, baseline, or end', (text: string) => {
      if (!Object.hasOwn(actions, text)) throw new InvalidArgumentError('ceiling, baseline or end');
      return text;
    })
    .option('--target <name>', 'one ScalingTarget instead of the whole namespace', parseName)
    .addOption(
      new Option('--for <duration>', 'how long it is in force, as 45m or 2h; a bare number is minutes')
        .argParser(durationBetween('1m', '7d', 'm'))
        .default(3_600_000, '1h'),
    )
    .option('--reason <text>', 'why, for all who find it')
    .option('--direct', 'write the bounds here and now as well, without the operator')
    .option('--force', 'also where Argo CD or Flux keeps the field in Git')
    .addOption(
      new Option('--wait <duration>', 'with --direct: how long to go on with a restore in steps, as 10m')
        .argParser(durationBetween('0s', '1d'))
        .default(0, '0s'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  headstart emergency ceiling -n marketplace --reason "the edge lost its cache"\n  headstart emergency baseline -n marketplace --direct --reason "the database melts"\n  headstart emergency end -n marketplace',
    )
    .action(async (word: keyof typeof actions, options: EmergencyCommandOptions) => {
      if (options.direct !== true && options.wait > 0) throw new Misuse('--wait goes with --direct');
      if (options.direct === true && word === 'end')
        throw new Misuse('--direct goes with ceiling or baseline, which it writes');
      if (word !== 'end' && options.reason === undefined)
        throw new Misuse('state why with --reason: everybody who finds the bounds will ask');
      const text = await withCluster(options, (connection, namespace) =>
        runEmergency(connection, namespace, { word, options }),
      );
      process.stdout.write(text);
    });
}

async function runEmergency(
  connection: Connection,
  namespace: string,
  { word, options }: { readonly word: keyof typeof actions; readonly options: EmergencyCommandOptions },
): Promise<string> {
  const { target, reason, dryRun, force = false } = options;
  const told = dryRun === undefined ? '' : ` (${dryRun} dry run)`;
  const action = actions[word];
  const where = { namespace, target };
  if (action === undefined) {
    await stateEmergency(connection, where, { emergency: null, dryRun, force });
    return `${describeWhere(where)}: the emergency is removed${told}.\n`;
  }
  const until = formatInstant((await readClusterTime(connection)) + options.for);
  const emergency = emergencySchema.parse({ action, until, requestedBy: await callerName(connection), reason });
  const refused = await stateUnless(options.direct === true, () =>
    stateEmergency(connection, where, { emergency, dryRun, force }),
  );
  const head = `${describeWhere(where)}: ${action} until ${until}${told}.\n`;
  if (options.direct !== true) return head;
  const { emergencyDirect } = await import('../operator/direct/emergency-direct.ts');
  const outcomes = await emergencyDirect({
    connection,
    ...where,
    emergency,
    dryRun: dryRun === undefined ? false : dryRun === 'client' || 'server',
    waitMs: options.wait,
    clock: wallClock,
    tell: sentence => process.stderr.write(`headstart: ${sentence}\n`),
  });
  const text = `${refused ?? head}${formatOutcomes(outcomes)}`;
  const left = outcomes.filter(({ isDone }) => !isDone).length;
  if (left === 0 || dryRun !== undefined) return text;
  process.stdout.write(text);
  throw new Error(`${left} of ${outcomes.length} targets are not there yet`);
}

/** States it; where the bounds are written directly, a refusal is told and does not keep them from being written. */
async function stateUnless(isDirect: boolean, state: () => Promise<void>): Promise<string | undefined> {
  try {
    await state();
    return undefined;
  } catch (error) {
    if (!isDirect) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return `The emergency could not be stated, so the operator may undo this: ${message}\n`;
  }
}

/**
 * Writes `spec.emergency` of the target, or of the namespace's policy, which is created where there is none.
 *
 * @throws Error when Git keeps the field and it is not forced; ApiError when the caller may not
 */
export async function stateEmergency(
  connection: Connection,
  { namespace, target }: { readonly namespace: string; readonly target?: string | undefined },
  given: { readonly emergency: Emergency | null; readonly dryRun?: DryRun | undefined; readonly force?: boolean },
): Promise<void> {
  const { emergency, dryRun, force = false } = given;
  const options = { dryRun: dryRun === 'server', fieldManager: managerOf('emergency') };
  const kind = target === undefined ? scalingPolicies : scalingTargets;
  const name = target ?? policyName;
  try {
    // Who may only write it is not kept from it by a look at who owns the field.
    const live = await connection
      .resource(kind)
      .get({ name, namespace })
      .catch((error: unknown) => {
        if (isApiError(error, 403)) return {};
        throw error;
      });
    const change = { what: `${kind.kind} ${namespace}/${name}`, path: ['spec', 'emergency'], value: emergency };
    const told = refuseGitOwned(live, change, { force, canForce: true });
    if (told !== undefined) process.stderr.write(`headstart: ${told}`);
    if (dryRun === 'client') return;
    await connection.resource(kind).merge({ name, namespace }, { spec: { emergency } }, options);
  } catch (error) {
    if (!isApiError(error, 404) || target !== undefined || emergency === null) throw error;
    if (dryRun === 'client') return;
    await connection.resource(kind).create({ metadata: { name, namespace }, spec: { emergency } }, options);
  }
}

function describeWhere({
  namespace,
  target,
}: {
  readonly namespace: string;
  readonly target?: string | undefined;
}): string {
  return target === undefined ? `namespace ${namespace}` : `ScalingTarget ${namespace}/${target}`;
}

function formatOutcomes(outcomes: readonly EmergencyOutcome[]): string {
  if (outcomes.length === 0) return 'It reaches no ScalingTarget.\n';
  const rows = outcomes.map(({ target, isDone, message }) => [target, isDone ? 'yes' : 'no', message]);
  return formatTable([['TARGET', 'DONE', 'WHAT'], ...rows]);
}
