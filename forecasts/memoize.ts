/** Caches the results of a pure function of one number; the cache is emptied when it reaches 1000 results. */
export function memoize<T>(work: (argument: number) => T): (argument: number) => T {
  const known = new Map<number, T>();
  return argument => {
    let result = known.get(argument);
    if (result === undefined) {
      if (known.size >= mostKept) known.clear();
      result = work(argument);
      known.set(argument, result);
    }
    return result;
  };
}

const mostKept = 1000;
