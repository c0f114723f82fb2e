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

/**
 * One candidate's view of a Lease. Whether another candidate still holds it depends only on how long ago this one *saw
 * the lease change*, on its own monotonic clock; the times written in the lease are not used.
 */
export class LeaseLock {
  readonly #options: LeaseLockOptions;
  #observed: { readonly record: string; readonly lease: Lease; readonly at: number } | undefined;

  constructor(options: LeaseLockOptions) {
    this.#options = options;
  }

  /** The identity that held the lease when it was last read; empty when none did. */
  get holder(): string {
    return this.#observed?.lease.spec?.holderIdentity ?? '';
  }

  /** Takes or renews the lease; false while another holds it. @throws ApiError 409 when another candidate was faster */
  async take(call: CallOptions): Promise<boolean> {
    const { leases, lease: ref, identity } = this.#options;
    const found = await leases.get(ref, call).catch((error: unknown) => {
      if (isApiError(error, 404)) return undefined;
      throw error;
    });
    if (found === undefined) {
      const spec = this.#spec({ leaseTransitions: 0, acquired: true });
      this.#observe(await leases.create({ metadata: ref, spec }, call));
      return true;
    }
    this.#observe(found);
    if (this.#isHeldByAnother(found)) return false;
    const acquired = found.spec?.holderIdentity !== identity;
    const leaseTransitions = (found.spec?.leaseTransitions ?? 0) + (acquired ? 1 : 0);
    const spec = this.#spec({ leaseTransitions, acquired });
    this.#observe(await leases.merge(ref, { metadata: unmoved(found), spec }, call));
    return true;
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

  #isHeldByAnother(lease: Lease): boolean {
    const { identity, leaseSeconds, timing } = this.#options;
    const { holderIdentity, leaseDurationSeconds } = lease.spec ?? {};
    if (holderIdentity === undefined || holderIdentity === '' || holderIdentity === identity) return false;
    const lasts = (leaseDurationSeconds ?? leaseSeconds) * 1000;
    return timing.monotonicMs() < (this.#observed?.at ?? 0) + lasts;
  }

  #observe(lease: Lease): void {
    const record = JSON.stringify(lease.spec ?? {});
    const at = this.#observed?.record === record ? this.#observed.at : this.#options.timing.monotonicMs();
    this.#observed = { record, lease, at };
  }

  #spec({ leaseTransitions, acquired }: { readonly leaseTransitions: number; readonly acquired: boolean }) {
    const { identity, leaseSeconds, timing } = this.#options;
    const now = formatMicroTime(timing.wallMs());
    const taken = acquired ? { acquireTime: now, leaseTransitions } : {};
    return { holderIdentity: identity, leaseDurationSeconds: leaseSeconds, renewTime: now, ...taken };
  }
}

/** The precondition that the lease has not been written since it was read. */
function unmoved({ metadata }: Lease) {
  return { resourceVersion: metadata?.resourceVersion };
}
