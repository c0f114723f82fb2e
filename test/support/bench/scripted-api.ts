import { ApiError } from '../../../src/kube/api-error.ts';
import { planRetry } from '../../../src/kube/http/retry.ts';
import type { Answer, ApiCall, Transport } from '../../../src/kube/http/transport.ts';
import { realTiming } from '../../../src/kube/timing.ts';
import { service } from '../shop/sandbox-shop.ts';

/** What goes wrong at a scripted API server. */
export interface Disturbance {
  /** Share (0–1) of the writes that are answered 429. */
  readonly busyShare: number;
  /** Share (0–1) of the writes before which somebody else changes the object. */
  readonly conflictShare: number;
}

/** An API server of HPAs without a network: it takes its time, is too busy at times, and has other writers. */
export class ScriptedApi implements Transport {
  readonly #disturbance: Disturbance;
  readonly #versions = new Map<string, number>();
  readonly #raised = new Set<string>();
  #state = 12_345;
  /** Number of our writes that it has taken. */
  accepted = 0;
  /** Number of our writes that it has answered. */
  sent = 0;

  constructor(disturbance: Disturbance) {
    this.#disturbance = disturbance;
  }

  /** Tries again as the real transport does: within four seconds, and not before Retry-After. */
  async send(call: ApiCall): Promise<Answer> {
    const until = performance.now() + 4_000;
    for (let attempt = 1; ; attempt += 1) {
      try {
        call.guard?.();
        await realTiming.sleep(5 + 45 * this.#random());
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(this.#answer(call))) };
      } catch (failure) {
        call.onFailure?.(failure);
        const remainingMs = until - performance.now();
        const limits = { maxAttempts: 5, repeatable: true, remainingMs, random: this.#random() };
        const waitMs = planRetry({ failure, attempt, ...limits });
        if (waitMs === undefined) throw failure;
        await realTiming.sleep(waitMs);
      }
    }
  }

  stream(): Promise<never> {
    return Promise.reject(new Error('nothing is watched here'));
  }

  suspect(): void {}

  close(): void {}

  #answer({ method, path, body }: ApiCall): object {
    const version = this.#versions.get(path) ?? 1;
    if (method === 'PATCH') {
      this.sent += 1;
      if (this.#random() < this.#disturbance.busyShare)
        throw new ApiError(429, { reason: 'TooManyRequests' }, `PATCH ${path}`, 1_000);
      const isTouched = this.#random() < this.#disturbance.conflictShare;
      if (isTouched) this.#versions.set(path, version + 1);
      const stated = (body as { readonly metadata: { readonly resourceVersion: string } }).metadata.resourceVersion;
      if (isTouched || stated !== String(version)) throw new ApiError(409, { reason: 'Conflict' }, `PATCH ${path}`);
      this.#versions.set(path, version + 1);
      this.#raised.add(path);
      this.accepted += 1;
    }
    return hpaOf(path, String(this.#versions.get(path) ?? 1), this.#raised.has(path));
  }

  /** A seeded number in [0, 1). */
  #random(): number {
    this.#state = (this.#state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return this.#state / 2_147_483_648;
  }
}

function hpaOf(path: string, resourceVersion: string, isRaised: boolean): object {
  const [, namespace = '', name = ''] = /namespaces\/([^/]+)\/horizontalpodautoscalers\/([^/]+)/.exec(path) ?? [];
  const [, hpa] = service(name, { namespace });
  const { spec } = hpa as { readonly spec: object };
  const bounds = isRaised ? { minReplicas: 35, maxReplicas: 53 } : {};
  return { metadata: { name, namespace, uid: `${namespace}/${name}`, resourceVersion }, spec: { ...spec, ...bounds } };
}
