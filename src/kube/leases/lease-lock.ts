import type { V1Lease } from '@kubernetes/client-node';
import { isApiError } from '../api-error.ts';
import type { Resource } from '../resources/resource.ts';
import type { CallOptions, ObjectRef } from '../resources/resource-options.ts';
import { formatMicroTime, type Wire } from '../resources/wire.ts';
import type { Timing } from '../timing.ts';

type Lease = Wire<V1Lease>;

export interface LeaseLockOptions {
  readonly leases: Pick<Resource<Lease>, 'get' | 'create' | 'merge'>;
  readonly lease: Required<ObjectRef>;
  /** A name that no other candidate has: the pod's name. */
  readonly identity: string;
  readonly leaseSeconds: number;
  readonly timing: Timing;
}

/** Whose the lease is: `OursSoon` was made by this candidate, which may not lead before a full duration has passed. */
export type LeaseState = 'Ours' | 'OursSoon' | 'Theirs';

/** The lease as one candidate last read it. */
interface ObservedLease {
  readonly record: string;
  readonly lease: Lease;
  /** Monotonic ms at which it was first seen in this state. */
  readonly at: number;
  /** Whether neither its holder nor this candidate can have brought it into this state. */
  readonly isForeign: boolean;
}

/**
 * One candidate's view of a Lease. Whether another candidate still holds it depends only on how long ago this one *saw
 * the lease change*, on its own monotonic clock; the times written in the lease are not used.
 *
 *   the lease is                  a candidate                                            its leader
 *   held by another               takes it when it was unchanged for the stated duration -
 *   released by its holder        takes it at once                                       -
 *   ours                          takes it at once                                       renews it
 *   absent                        makes it, and leads once it has held it for a duration stops, then the same
 *   made anew, or ours by hand    takes it when it was unchanged for a full duration     stops, then the same
 *
 * The last rows keep two replicas from leading at once: a leader learns of a deletion only at its next renewal, and its
 * term ends before a full duration is over.
 */
export class LeaseLock {
  readonly #options: LeaseLockOptions;
  #observed: ObservedLease | undefined;
  /** `renewTime` of the newest write that this candidate sent, whether or not it was answered. */
  #sent: string | undefined;
  /** Monotonic ms from which the lease that this candidate has made counts. */
  #leadsFrom = Number.NEGATIVE_INFINITY;

  constructor(options: LeaseLockOptions) {
    this.#options = options;
  }

  /** The identity that held the lease when it was last read; empty when none did. */
  get holder(): string {
    return this.#observed?.lease.spec?.holderIdentity ?? '';
  }

  /** Takes or renews the lease. @throws ApiError 409 when another candidate was faster */
  async take(call: CallOptions): Promise<LeaseState> {
    const { leases, lease: ref, identity } = this.#options;
    const found = await toFound(leases.get(ref, call));
    if (found === undefined) return this.#make(call);
    if (!this.#isFree(this.#observe(found))) return 'Theirs';
    const acquired = found.spec?.holderIdentity !== identity;
    const leaseTransitions = (found.spec?.leaseTransitions ?? 0) + (acquired ? 1 : 0);
    const spec = this.#spec({ leaseTransitions, acquired });
    const renewed = await toFound(leases.merge(ref, { metadata: unmoved(found), spec }, call));
    if (renewed === undefined) return this.#make(call);
    this.#own(renewed);
    if (acquired) this.#leadsFrom = Number.NEGATIVE_INFINITY;
    return this.#options.timing.monotonicMs() < this.#leadsFrom ? 'OursSoon' : 'Ours';
  }

  /** Releases the lease, so that the next candidate does not wait for it to expire. */
  async release(call: CallOptions): Promise<void> {
    const { leases, lease: ref, timing, identity } = this.#options;
    // Read again: a renewal that timed out may still have been stored.
    const found = await leases.get(ref, call);
    if (found.spec?.holderIdentity !== identity) return;
    const now = formatMicroTime(timing.wallMs());
    const spec = { holderIdentity: '', leaseDurationSeconds: 1, renewTime: now, acquireTime: now };
    await leases.merge(ref, { metadata: unmoved(found), spec }, call);
  }

  async #make(call: CallOptions): Promise<LeaseState> {
    const { leases, lease: ref, leaseSeconds, timing } = this.#options;
    const spec = this.#spec({ leaseTransitions: 0, acquired: true });
    this.#own(await leases.create({ metadata: ref, spec }, call));
    this.#leadsFrom = timing.monotonicMs() + leaseSeconds * 1000;
    return 'OursSoon';
  }

  #isFree({ lease, at, isForeign }: ObservedLease): boolean {
    const { identity, leaseSeconds, timing } = this.#options;
    const { holderIdentity = '', leaseDurationSeconds = leaseSeconds, renewTime } = lease.spec ?? {};
    const isReleased = holderIdentity === '' && renewTime !== undefined;
    if (!isForeign && (isReleased || holderIdentity === identity)) return true;
    const lasts = isForeign ? Math.max(leaseSeconds, leaseDurationSeconds) : leaseDurationSeconds;
    return timing.monotonicMs() >= at + lasts * 1000;
  }

  #observe(lease: Lease): ObservedLease {
    const before = this.#observed;
    const record = recordOf(lease);
    if (before?.record === record) return before;
    const at = this.#options.timing.monotonicMs();
    const isForeign = before !== undefined && this.#isForeign(lease, before);
    this.#observed = { record, lease, at, isForeign };
    return this.#observed;
  }

  /** Whether a lease that differs from the one seen before was made anew, or names us although we did not write it. */
  #isForeign({ metadata, spec }: Lease, before: ObservedLease): boolean {
    if (spec?.renewTime !== undefined && spec.renewTime === this.#sent) return false;
    if (metadata?.uid !== before.lease.metadata?.uid) return true;
    const { identity } = this.#options;
    return spec?.holderIdentity === identity && before.lease.spec?.holderIdentity !== identity;
  }

  #own(lease: Lease): void {
    this.#observed = {
      record: recordOf(lease),
      lease,
      at: this.#options.timing.monotonicMs(),
      isForeign: false,
    };
  }

  #spec({ leaseTransitions, acquired }: { readonly leaseTransitions: number; readonly acquired: boolean }) {
    const { identity, leaseSeconds, timing } = this.#options;
    const now = formatMicroTime(timing.wallMs());
    this.#sent = now;
    const taken = acquired ? { acquireTime: now, leaseTransitions } : {};
    return { holderIdentity: identity, leaseDurationSeconds: leaseSeconds, renewTime: now, ...taken };
  }
}

async function toFound(read: Promise<Lease>): Promise<Lease | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isApiError(error, 404)) return undefined;
    throw error;
  }
}

function recordOf({ metadata, spec = {} }: Lease): string {
  return JSON.stringify([metadata?.uid, spec]);
}

/** The precondition that the lease has not been written since it was read. */
function unmoved({ metadata }: Lease) {
  return { resourceVersion: metadata?.resourceVersion };
}
