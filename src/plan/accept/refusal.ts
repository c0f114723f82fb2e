/** Why an object is not served, as its conditions say it. */
export interface Refusal {
  /** CamelCase, for machines. */
  readonly reason: string;
  /** A sentence for the object's author. */
  readonly message: string;
}
