import { InvalidArgumentError } from 'commander';
import { positiveQuantity } from '../../api/field.ts';

/** Parses one `workload=quantity` and adds it to those before it. */
export function parseCapacityOf(
  text: string,
  before: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const [, workload, quantity = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (workload === undefined)
    throw new InvalidArgumentError('expected a workload and what one replica serves, as checkout=45.');
  if (before.has(workload)) throw new InvalidArgumentError(`${workload} is named twice.`);
  return new Map([...before, [workload, parseCapacity(quantity)]]);
}

/** Parses what one replica serves, in requests per second: a Quantity above 0. */
export function parseCapacity(text: string): string {
  if (!positiveQuantity.safeParse(text).success)
    throw new InvalidArgumentError(`"${text}" is no number of requests per second above 0, as 45 or 1.5k.`);
  return text;
}
