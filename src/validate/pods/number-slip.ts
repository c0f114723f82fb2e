/** Whether one number is another with one digit changed, added or left out. */
export function isSlip(number: string, declared: string): boolean {
  if (number === declared || Math.abs(number.length - declared.length) > 1) return false;
  const [shorter, longer] = number.length <= declared.length ? [number, declared] : [declared, number];
  const at = [...shorter].findIndex((digit, index) => digit !== longer[index]);
  const from = at < 0 ? shorter.length : at;
  return shorter.length === longer.length
    ? shorter.slice(from + 1) === longer.slice(from + 1)
    : shorter.slice(from) === longer.slice(from + 1);
}
