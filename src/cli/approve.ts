import type { Command } from 'commander';
import { highestBounds, recordedTargets } from '../api/learned/recorded-targets.ts';
import type { Approval, SalePlan, SalePlanPlan } from '../api/sale-plan.ts';
import { approvePlan } from '../approve/approve-plan.ts';
import type { Connection } from '../kube/connect.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import { addDryRun, type DryRun } from './changes/change-options.ts';
import { refuseGitOwned } from './changes/git-owner.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { readClusterTime } from './options/cluster-time.ts';
import { parseName } from './options/parse-name.ts';
import { formatTable } from './output/format-table.ts';

interface ApproveOptions extends ClusterOptions {
  readonly dryRun?: DryRun | undefined;
}

/** Registers `headstart approve`: approves the plan of a sale with the rights of the caller. */
export function registerApprove(program: Command): void {
  addDryRun(addClusterOptions(program.command('approve')))
    .description(
      'Approve the plan of a sale as it is recorded now: its targets, their highest bounds and its end. Takes the verb approve on saleplans.',
    )
    .argument('<saleplan-or-sale>', 'name of a SalePlan, or of a FlashSale whose next plan is meant', parseName)
    .addHelpText(
      'after',
      `
What is approved stands until it is outgrown: more replicas or a later end wait for another approval.
To withdraw it: kubectl patch saleplan NAME -n NAMESPACE --type merge -p '{"spec":{"approval":null}}'

Example:
  headstart approve sneaker-drop -n marketplace --dry-run`,
    )
    .action(async (name: string, options: ApproveOptions) => {
      const text = await withCluster(options, async (connection, namespace) =>
        approve(connection, { name, namespace }, { now: await readClusterTime(connection), dryRun: options.dryRun }),
      );
      process.stdout.write(text);
    });
}

/**
 * Approves the recorded plan of a SalePlan, or of the sale's next one, and describes what it raises.
 *
 * @throws Error when there is no such plan, or Git keeps the approval; ApiError when the caller may not approve it
 */
export async function approve(
  connection: Connection,
  ref: { readonly name: string; readonly namespace: string },
  { now, dryRun }: { readonly now: number; readonly dryRun?: DryRun | undefined },
): Promise<string> {
  const { record, plan, approval } = await approvePlan(connection, ref, {
    now,
    dryRun,
    beforeWrite: async ({ metadata: { name } }, value) => {
      const own = { name, namespace: ref.namespace };
      const change = { what: `SalePlan ${own.namespace}/${name}`, path: ['spec', 'approval'], value };
      refuseGitOwned(await connection.resource(salePlans).get(own), change, { force: false, canForce: false });
    },
  });
  const { namespace } = ref;
  return `${formatApproval(record, approval, plan)}${describeOutcome({ ...record.metadata, namespace }, plan.revision, dryRun)}`;
}

function formatApproval({ metadata, spec }: SalePlan, { until }: Approval, plan: SalePlanPlan): string {
  const before = new Map(spec.approval?.upTo.map(({ target, maxReplicas }) => [target, maxReplicas]));
  const inFull = new Set(plan.targets.map(({ target }) => target));
  const rows = recordedTargets(plan).map(planned => {
    const { minReplicas, maxReplicas } = highestBounds(planned);
    const last = inFull.has(planned.target) ? planned.steps.at(-1) : undefined;
    const baseline = last === undefined ? '?' : `${last.minReplicas}..${last.maxReplicas}`;
    return [planned.target, baseline, `${minReplicas}..${maxReplicas}`, `${before.get(planned.target) ?? '-'}`];
  });
  const head = `${metadata.name}, until ${until}\n`;
  return `${head}${formatTable([['TARGET', 'AFTERWARDS', 'UP TO', 'APPROVED BEFORE'], ...rows])}`;
}

function describeOutcome(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  revision: number,
  dryRun: DryRun | undefined,
): string {
  const what = `revision ${revision} of ${name}`;
  if (dryRun === 'client') return `It would approve ${what}; nothing is sent (client dry run).\n`;
  return dryRun === 'server'
    ? `You may approve ${what}; nothing is stored (server dry run).\n`
    : `R${what.slice(1)} is approved: kubectl get flashsales -n ${namespace} shows what still waits.\n`;
}
