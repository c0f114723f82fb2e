/** Room on nodes for the pods of one target, kept by placeholder pods or by a CapacityBuffer. */
export interface RoomPlan {
  readonly target: string;
  /** Pods that room is opened for before their raise; 0 from the raise on. */
  readonly pods: number;
  /** Pods that room is truly there for: placeholder pods that are ready. Absent where the autoscaler does not tell. */
  readonly ready?: number;
  /** Its Deployment of placeholder pods or its CapacityBuffer, with the replicas that stand; absent where none may be scaled. */
  readonly placeholder?: {
    readonly kind: 'Deployment' | 'CapacityBuffer';
    readonly name: string;
    readonly uid: string;
    readonly live: number;
  };
  /** Placeholder pods, or pods of room, to ask for; absent = leave it as it is. */
  readonly replicas?: number;
  /** What is written and why: `checkout-placeholder 0 → 25 placeholder pods: room for …`; absent when nothing is. */
  readonly change?: string;
  /** What keeps it from keeping room while a sale asks for it. */
  readonly trouble?: { readonly message: string; readonly mend: string };
  /** Pods without room for longer than so many seconds, which new nodes take, and what the scheduler or the autoscaler says. */
  readonly lacking?: { readonly pods: number; readonly seconds: number; readonly message?: string };
  /** The quota that leaves fewer placeholder pods than are asked for. */
  readonly cut?: { readonly asked: number; readonly by: string };
}
