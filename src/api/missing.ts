/** The reason why a value is missing, as a sentence for the author of the object that refers to it. */
export interface Missing {
  readonly missing: string;
  /** Whether the value will appear without anyone acting. @default undefined: somebody must act */
  readonly isPending?: true;
}

/** Whether a result is a reason instead of a value. */
export function isMissing<T extends object>(value: T | Missing): value is Missing {
  return 'missing' in value;
}
