/** What is wrong with facts taken together. `path` leads to the entry, for a line number; `message` names it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
