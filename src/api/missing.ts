/** Something looked for and not found, in a sentence for the author of the object that asked for it. */
export interface Missing {
  readonly missing: string;
  /** Whether it comes by itself; else somebody must act. @default undefined: somebody must */
  readonly isPending?: true;
}

/** Whether there is a reason instead of a value. */
export function isMissing<T extends object>(value: T | Missing): value is Missing {
  return 'missing' in value;
}
