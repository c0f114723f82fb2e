import type { V1Lease } from '@kubernetes/client-node';
import { expect } from 'vitest';
import { ApiError, TransportError } from '../../../src/kube/api-error.ts';
import { type ElectionEvent, Elector, type ElectorOptions } from '../../../src/kube/leases/elector.ts';
import type { Wire } from '../../../src/kube/resources/wire.ts';
import type { Timing } from '../../../src/kube/timing.ts';
import { VirtualTime } from '../virtual-time.ts';

type Lease = Wire<V1Lease>;

/** What a leader leaves behind when it releases its lease. */
export const released = { holderIdentity: '', leaseDurationSeconds: 1, renewTime: '2026-11-27T18:00:00.000000Z' };

/**
 * One Lease as the API server keeps it: a create conflicts, a stale resourceVersion conflicts. Released by an earlier
 * leader at first.
 */
export class LeaseStore {
  lease: Lease | undefined = { metadata: { name: 'headstart', uid: 'first', resourceVersion: '0' }, spec: released };
  readonly unreachableFrom = new Set<string>();
  /** How long a write takes; it is done at the end. */
  delay: () => Promise<void> = async () => {};
  #version = 0;

  seenBy(identity: string): ElectorOptions['leases'] {
    const reach = () => {
      if (this.unreachableFrom.has(identity)) throw new TransportError('DEADLINE', true, 'no answer');
    };
    return {
      get: async () => {
        reach();
        if (this.lease === undefined) throw new ApiError(404, { reason: 'NotFound' }, 'GET lease');
        return structuredClone(this.lease);
      },
      create: async object => {
        reach();
        if (this.lease !== undefined) throw new ApiError(409, { reason: 'AlreadyExists' }, 'POST lease');
        return this.make(object.spec ?? {});
      },
      merge: async (_, patch) => {
        reach();
        await this.delay();
        if (this.lease === undefined) throw new ApiError(404, { reason: 'NotFound' }, 'PATCH lease');
        if (patch.metadata?.resourceVersion !== this.lease?.metadata?.resourceVersion)
          throw new ApiError(409, { reason: 'Conflict' }, 'PATCH lease');
        return this.#store(this.lease.metadata?.uid, { ...this.lease.spec, ...patch.spec });
      },
    };
  }

  /** Makes the lease anew, with a UID of its own. */
  make(spec: object): Lease {
    return this.#store(`made-${this.#version}`, spec);
  }

  #store(uid: string | undefined, spec: object): Lease {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    this.lease = structuredClone({
      metadata: { name: 'headstart', uid: uid ?? '', resourceVersion },
      spec,
    });
    return structuredClone(this.lease);
  }
}

export interface Candidate {
  readonly identity: string;
  readonly elector: Elector;
  readonly events: ElectionEvent[];
  /** Asks it to stop, in order. */
  stop(): void;
  readonly done: Promise<void>;
  working: boolean;
}

/** Some candidates for one lease; checks at every step that at most one leads and at most one works. */
export class Election {
  readonly time = new VirtualTime();
  readonly store = new LeaseStore();
  readonly candidates: Candidate[] = [];
  readonly ledBy: string[] = [];

  constructor() {
    this.time.onStep = () => {
      const leading = this.candidates.filter(candidate => candidate.elector.leading);
      expect(leading.length).toBeLessThanOrEqual(1);
      expect(this.candidates.filter(candidate => candidate.working).length).toBeLessThanOrEqual(1);
      if (leading[0] && this.ledBy.at(-1) !== leading[0].identity) this.ledBy.push(leading[0].identity);
    };
  }

  join(identity: string, timing: Timing = this.time.machine(), stopMs = 0): Candidate {
    const events: ElectionEvent[] = [];
    const stop = new AbortController();
    const elector = new Elector({
      leases: this.store.seenBy(identity),
      lease: { namespace: 'headstart', name: 'headstart' },
      identity,
      onEvent: event => events.push(event),
      timing,
    });
    const work = async (signal: AbortSignal) => {
      candidate.working = true;
      await timing.sleep(1e9, signal).catch(() => {});
      await timing.sleep(stopMs);
      candidate.working = false;
    };
    const candidate: Candidate = {
      identity,
      elector,
      events,
      stop: () => stop.abort(),
      done: elector.run(stop.signal, work),
      working: false,
    };
    this.candidates.push(candidate);
    return candidate;
  }

  get leader(): string | undefined {
    return this.candidates.find(candidate => candidate.elector.leading)?.identity;
  }

  /** Lets time pass until `identity` leads; how long that took. */
  async untilLeads(isLeader: (leader: string | undefined) => boolean, maxMs: number): Promise<number> {
    const from = this.time.now;
    while (!isLeader(this.leader) && this.time.now - from < maxMs) await this.time.advance(100);
    return this.time.now - from;
  }
}

/** Writes another holder into the lease, as somebody with kubectl can. */
export function rename({ lease }: LeaseStore, holderIdentity: string): void {
  if (lease?.metadata === undefined) return;
  lease.metadata.resourceVersion = 'edited';
  lease.spec = { ...lease.spec, holderIdentity };
}
