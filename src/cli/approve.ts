import type { Command } from 'commander';
import { formatInstant } from '../api/instant.ts';
import type { Approval, PlannedTarget, SalePlan } from '../api/sale-plan.ts';
import type { Connection } from '../kube/connect.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import { callerName } from './caller-name.ts';
import { choosePlan } from './choose-plan.ts';
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
  const record = await choosePlan(connection, ref, now);
  const { metadata, status } = record;
  const plan = status?.plan;
  if (plan === undefined)
    throw new Error(
      `SalePlan ${metadata.name} has no plan yet: the operator makes it from its forecasts; ask again then`,
    );
  if (plan.targetsLeftOut !== undefined)
    throw new Error(
      `${record.spec.sale.name} reaches ${plan.targets.length + plan.targetsLeftOut} targets and ${metadata.name} has room for ${plan.targets.length}, so it cannot be approved whole: make several FlashSales of it, each with some of its entryPoints`,
    );
  const approval: Approval = {
    approvedBy: await callerName(connection),
    approvedAt: formatInstant(now),
    until: plan.endTime,
    upTo: plan.targets.map(planned => ({ target: planned.target, maxReplicas: highestBounds(planned).maxReplicas })),
  };
  const { resourceVersion } = metadata;
  await connection
    .resource(salePlans)
    .merge(
      { name: metadata.name, namespace: ref.namespace },
      { metadata: { ...(resourceVersion === undefined ? {} : { resourceVersion }) }, spec: { approval } },
      { dryRun, fieldManager: 'headstart-approve' },
    );
  return `${formatApproval(record, approval, plan.targets)}${describeOutcome({ ...metadata, namespace: ref.namespace }, plan.revision, dryRun)}`;
}

/** The highest bounds of a target over the sale. */
function highestBounds({ steps }: PlannedTarget): { readonly minReplicas: number; readonly maxReplicas: number } {
  return {
    minReplicas: Math.max(1, ...steps.map(step => step.minReplicas)),
    maxReplicas: Math.max(1, ...steps.map(step => step.maxReplicas)),
  };
}

function formatApproval({ metadata, spec }: SalePlan, { until }: Approval, targets: readonly PlannedTarget[]): string {
  const before = new Map(spec.approval?.upTo.map(({ target, maxReplicas }) => [target, maxReplicas]));
  const rows = targets.map(planned => {
    const { minReplicas, maxReplicas } = highestBounds(planned);
    const last = planned.steps.at(-1);
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
