import type { Command } from 'commander';
import { highestBounds, recordedTargets } from '../api/learned/recorded-targets.ts';
import type { Approval, SalePlan, SalePlanPlan } from '../api/sale-plan.ts';
import { approvePlan } from '../approve/approve-plan.ts';
import type { Connection } from '../kube/connect.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { formatTable } from './output/format-table.ts';

interface ApproveOptions extends ClusterOptions {
  readonly dryRun?: boolean;
}

/** Registers `headstart approve`: approves the plan of a sale with the rights of the caller. */
export function registerApprove(program: Command): void {
  addClusterOptions(program.command('approve'))
    .description(
      'Approve the plan of a sale as it is recorded now: its targets, their highest bounds and its end. Takes the verb approve on saleplans.',
    )
    .argument('<saleplan-or-sale>', 'name of a SalePlan, or of a FlashSale whose next plan is meant')
    .option('--dry-run', 'ask the API server whether you may, print what would be raised, and store nothing')
    .addHelpText(
      'after',
      `
What is approved stands until it is outgrown: more replicas or a later end wait for another approval.
To withdraw it: kubectl patch saleplan NAME -n NAMESPACE --type merge -p '{"spec":{"approval":null}}'

Example:
  headstart approve sneaker-drop -n marketplace --dry-run`,
    )
    .action(async (name: string, options: ApproveOptions) => {
      const text = await withCluster(options, (connection, namespace) =>
        approve(connection, { name, namespace }, { now: Date.now(), dryRun: options.dryRun ?? false }),
      );
      process.stdout.write(text);
    });
}

/**
 * Approves the recorded plan of a SalePlan, or of the sale's next one, and describes what it raises.
 *
 * @throws Error when there is no such plan; ApiError when the caller may not approve it
 */
export async function approve(
  connection: Connection,
  ref: { readonly name: string; readonly namespace: string },
  { now, dryRun }: { readonly now: number; readonly dryRun: boolean },
): Promise<string> {
  const { record, plan, approval } = await approvePlan(connection, ref, { now, dryRun });
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
  dryRun: boolean,
): string {
  return dryRun
    ? `You may approve revision ${revision} of ${name}; nothing is stored (--dry-run).\n`
    : `Revision ${revision} of ${name} is approved: kubectl get flashsales -n ${namespace} shows what still waits.\n`;
}
