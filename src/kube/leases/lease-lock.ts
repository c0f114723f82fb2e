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
  /** Unlike every other candidate's: the pod's name. */
  readonly identity: string;
  readonly leaseSeconds: number;
  readonly timing: Timing;
}

/**
 * One candidate's view of a Lease. Whether another still holds it is told by our own monotonic clock alone: by how long
 * ago the lease was last *seen to change*, never by the times written in it.
 */
export class LeaseLock {
  readonly #options: LeaseLockOptions;
  #observed: { readonly record: string; readonly lease: Lease; readonly at: number } | undefined;

  constructor(options: LeaseLockOptions) {
    this.#options = options;
  }

  /** Who held the lease when it was last read; empty when nobody did. */
  get holder(): string {
    return this.#observed?.lease.spec?.holderIdentity ?? '';
  }

  /** Takes or renews the lease; false while another holds it. @throws ApiError 409 when another was faster */
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

  /** Gives the lease back, so that the next candidate need not wait for it to run out. */
  async release(call: CallOptions): Promise<void> {
    const { leases, lease: ref, timing, identity } = this.#options;
    // Read again: a renewal that was given up may have landed.
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

/** The precondition that nobody has written since. */
function unmoved({ metadata }: Lease) {
  return { resourceVersion: metadata?.resourceVersion };
}
