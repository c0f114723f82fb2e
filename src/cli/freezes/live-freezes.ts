import { ParseError } from '../../api/faults/parse-error.ts';
import { parseFlashSale } from '../../api/flash-sale.ts';
import { type FreezeStatus, parseScalingPolicy, policyName, type ScalingPolicy } from '../../api/scaling-policy.ts';
import {
  type DeployFreeze,
  deployFreezes,
  type FreezeLengths,
  type SaleTime,
} from '../../api/series/deploy-freezes.ts';
import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { flashSales, scalingPolicies } from '../../kube/resources/resource-kind.ts';
import type { UnparsedObject } from '../../kube/resources/wire.ts';
import { aheadDays } from '../../recurrence/list-dates.ts';
import { saleTimes, startsInView } from '../../recurrence/sale-times.ts';

const dayMs = 86_400_000;

/** The freeze windows of a namespace, as its objects say now, and what the operator has written of them. */
export interface LiveFreezes {
  readonly namespace: string;
  /** By start; none when the policy states no freeze. */
  readonly freezes: readonly DeployFreeze[];
  /** Whether the namespace has a ScalingPolicy that states a freeze. */
  readonly isStated: boolean;
  /** What the admission policy goes by; absent when the operator has written nothing. */
  readonly flag?: FreezeStatus;
  /** Whether it is asked for now: the flag says nothing of another instant. */
  readonly isNow: boolean;
  /** What cannot be read, in sentences, so that a window may be missing. */
  readonly unreadable: readonly string[];
}

/**
 * Reads the sales and the policy of a namespace and computes its freeze windows anew, so that the answer holds while
 * the operator is dead. `now` is epoch ms.
 *
 * @throws ApiError when the caller may not read them
 */
export async function readLiveFreezes(
  { resource }: Pick<Connection, 'resource'>,
  namespace: string,
  now: number,
): Promise<LiveFreezes> {
  const [objects, policy] = await Promise.all([
    resource(flashSales).list({ namespace }),
    readPolicyObject(resource(scalingPolicies).get({ name: policyName, namespace })),
  ]);
  const lengths = policy?.spec.freeze;
  const reads = objects.map(object => timesOf(object, lengths ?? none, now));
  const times = reads.flatMap(read => ('times' in read ? read.times : []));
  const flag = policy?.status?.freeze;
  return {
    namespace,
    freezes: lengths === undefined ? [] : deployFreezes(times, lengths, now),
    isStated: lengths !== undefined,
    ...(flag === undefined ? {} : { flag }),
    isNow: true,
    unreadable: lengths === undefined ? [] : reads.flatMap(read => ('fault' in read ? [read.fault] : [])),
  };
}

const none: FreezeLengths = { beforeSeconds: 0, afterSeconds: 0 };

async function readPolicyObject(read: Promise<UnparsedObject>): Promise<ScalingPolicy | undefined> {
  try {
    return parseScalingPolicy(await read);
  } catch (error) {
    if (isApiError(error, 404)) return undefined;
    throw error;
  }
}

function timesOf(
  object: UnparsedObject,
  lengths: FreezeLengths,
  now: number,
): { readonly times: readonly SaleTime[] } | { readonly fault: string } {
  if (object.metadata?.deletionTimestamp !== undefined) return { times: [] };
  try {
    const sale = parseFlashSale(object);
    const view = startsInView(sale.spec, lengths, { now, aheadMs: aheadDays * dayMs });
    return { times: saleTimes(sale, ...view) };
  } catch (error) {
    if (error instanceof ParseError) return { fault: error.message };
    if (error instanceof RangeError) return { fault: `FlashSale ${object.metadata?.name}: its rule ${error.message}` };
    throw error;
  }
}
