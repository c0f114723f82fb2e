/** One model of a weighted mean, and its weight in it. */
export interface MemberShare {
  readonly name: string;
  /** 0–1. */
  readonly weight: number;
}
