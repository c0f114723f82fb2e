/** A problem in the facts. `path` leads to the entry, for its line number; `message` names it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
