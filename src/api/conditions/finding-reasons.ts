/**
 * Meaning of each reason for which a sale may go short, by the condition whose message names it; the metric
 * `headstart_sale_findings` counts them by reason.
 */
export const findingReasons = {
  Feasible: {
    Emergency: 'An emergency keeps targets at their baselines.',
    TargetRefused: 'A target cannot be served; its own condition Accepted says why.',
    RightsMissing: 'The operator lacks a right that the raise of a target takes.',
    ScaledToZero: 'A workload has 0 replicas, which switches scaling off.',
    Paused: 'A pause forbids the raise.',
    NoReadyPod: 'A workload has no ready pod today, so new ones are not likely to be ready either.',
    Late: 'The sale became known too late for everything to be ready at its start.',
    AwaitingApproval: 'The plan is above what the policy allows without approval, and not approved.',
    LimitBinds: 'A ceiling, a cap or the total of the namespace allows less than the sale needs.',
    QuotaBinds: 'A ResourceQuota leaves less than the pods that the sale adds take.',
    RoomLacking: 'Room on nodes is not there after the time that new nodes take.',
    RoomNotOpened: 'The room that nodeRoom asks for cannot be kept, or not all of it.',
    PodsRefused: 'A LimitRange admits no new pod of a target.',
    NoDemand: 'The demand of a target is missing, so its need is a guess.',
    DemandStale: 'The newest sample of demand is too old to plan from.',
    HistoryTooShort: 'The history is too short to know a weekday from a weekend.',
    Doubtful: 'A number or a name from outside is probably a mistake.',
  },
  CapacityReady: {
    PodsFailing: 'Added pods were never ready and fail, so the floor is not raised further.',
    ReplicasMissing: 'Fewer replicas are ready and warm than the floor.',
    PodsUnschedulable: 'The scheduler finds no node for pods.',
    PodsBackingOff: 'Pods cannot start: image pull, crashes or configuration.',
    BoundsNotInForce: 'The replicas are there, but the bounds that keep them are not in force.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Condition of a FlashSale that is made of findings. */
export type FindingCondition = keyof typeof findingReasons;

/** Reason of a finding of one condition. */
export type FindingReason<C extends FindingCondition = FindingCondition> = C extends FindingCondition
  ? keyof (typeof findingReasons)[C]
  : never;
