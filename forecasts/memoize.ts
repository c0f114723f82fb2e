/** A pure function of one number that is asked the same few numbers again and again: each answer is worked out once. */
export function memoize<T>(work: (argument: number) => T): (argument: number) => T {
  const known = new Map<number, T>();
  return argument => {
    let answer = known.get(argument);
    if (answer === undefined) {
      if (known.size >= mostKept) known.clear();
      answer = work(argument);
      known.set(argument, answer);
    }
    return answer;
  };
}

const mostKept = 1000;
