import { formatInstant } from '../api/instant.ts';
import { highestBounds, recordedTargets } from '../api/learned/recorded-targets.ts';
import type { Approval, SalePlan } from '../api/sale-plan.ts';
import { callerName } from '../kube/caller-name.ts';
import type { Connection } from '../kube/connect.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import { choosePlan } from './choose-plan.ts';

/** An approval that was stored, or that a dry run would store. */
export interface Approved {
  /** The SalePlan as it was read, with the plan that is approved. */
  readonly record: SalePlan;
  readonly plan: NonNullable<NonNullable<SalePlan['status']>['plan']>;
  readonly approval: Approval;
}

/** Which plan is approved. */
export interface ApproveOptions {
  /** Epoch ms. */
  readonly now: number;
  /** `server` stores nothing, `client` sends nothing. @default it is stored */
  readonly dryRun?: 'client' | 'server' | undefined;
  /** Revision that was shown; another one is refused. @default whichever is recorded */
  readonly revision?: number | undefined;
  /** Awaited before it is written; throws what stands against it. */
  readonly beforeWrite?: (record: SalePlan, approval: Approval) => Promise<void>;
}

/**
 * Approves the recorded plan of a SalePlan, or of the sale's next one, with the caller's rights.
 *
 * @throws Error when there is no such plan; ApiError when the caller may not approve it
 */
export async function approvePlan(
  connection: Connection,
  ref: { readonly name: string; readonly namespace: string },
  { now, dryRun, revision, beforeWrite }: ApproveOptions,
): Promise<Approved> {
  const record = await choosePlan(connection, ref, now);
  const { metadata, status } = record;
  const plan = status?.plan;
  if (plan === undefined)
    throw new Error(
      `SalePlan ${metadata.name} has no plan yet: the operator makes it from its forecasts; ask again then`,
    );
  if (revision !== undefined && revision !== plan.revision)
    throw new Error(
      `${metadata.name} was planned anew: revision ${plan.revision} has taken the place of ${revision}; look at it and approve that`,
    );
  const targets = recordedTargets(plan);
  if (plan.targetsLeftOut !== undefined)
    throw new Error(
      `${record.spec.sale.name} reaches ${targets.length + plan.targetsLeftOut} targets and ${metadata.name} has room for ${targets.length}, so it cannot be approved whole: make several FlashSales of it, each with some of its entryPoints`,
    );
  const approval: Approval = {
    approvedBy: await callerName(connection),
    approvedAt: formatInstant(now),
    until: plan.endTime,
    upTo: targets.map(planned => ({ target: planned.target, maxReplicas: highestBounds(planned).maxReplicas })),
  };
  await beforeWrite?.(record, approval);
  if (dryRun === 'client') return { record, plan, approval };
  const { resourceVersion } = metadata;
  await connection
    .resource(salePlans)
    .merge(
      { name: metadata.name, namespace: ref.namespace },
      { metadata: { ...(resourceVersion === undefined ? {} : { resourceVersion }) }, spec: { approval } },
      { dryRun: dryRun === 'server', fieldManager: 'headstart-approve' },
    );
  return { record, plan, approval };
}
