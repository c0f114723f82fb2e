/** A client's write limit: `perSecond` on average, `burst` at once. */
export interface ClientRateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** What is left of the limit at an instant. */
export interface WriteBudget {
  readonly tokens: number;
  /** Epoch ms. */
  readonly at: number;
}

/** The defaults of kube-controller-manager, which limit all its controllers together. */
export const controllerManagerPace: ClientRateLimit = { perSecond: 20, burst: 30 };

/**
 * Takes one write from the budget: returns when it may be sent (epoch ms, not before `now`) and the budget after it.
 */
export function takeWrite(
  budget: WriteBudget,
  pace: ClientRateLimit,
  now: number,
): { readonly sentAt: number; readonly budget: WriteBudget } {
  const at = Math.max(now, budget.at);
  const tokens = Math.min(pace.burst, budget.tokens + ((at - budget.at) / 1000) * pace.perSecond);
  if (tokens >= 1) return { sentAt: at, budget: { tokens: tokens - 1, at } };
  const sentAt = at + ((1 - tokens) / pace.perSecond) * 1000;
  return { sentAt, budget: { tokens: 0, at: sentAt } };
}
