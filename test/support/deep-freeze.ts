/** The value, frozen all the way down: whoever edits an argument throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  const isNumbers = Array.isArray(value) && typeof value[0] === 'number';
  if (!isNumbers) for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
