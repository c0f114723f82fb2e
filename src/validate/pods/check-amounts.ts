import { ownValue } from '../../api/names/own-value.ts';
import { amountOf } from '../../api/pods/pod-requests.ts';
import type { Remark, Rule } from '../finding.ts';
import { containersOf } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/** The least memory, in bytes, and the most cores that a container may mean. */
const likely = { memory: 2 ** 20, cpu: 128 } as const;

/** Checks amounts whose unit was forgotten: `memory: 512` is 512 bytes, and `cpu: 500` is 500 cores. */
export const checkAmounts: Rule = {
  code: 'unlikely-amount',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      containersOf(spec).flatMap(({ container: { name, resources }, path }) =>
        (['requests', 'limits'] as const).flatMap((list): readonly Remark[] => {
          const amounts = resources?.[list];
          const [memory = Number.POSITIVE_INFINITY, cpu = 0] = [amountOf(amounts, 'memory'), amountOf(amounts, 'cpu')];
          const told = (resource: 'memory' | 'cpu', meaning: string) => {
            const stated = ownValue(amounts ?? {}, resource);
            const message = `container ${name}: ${resource} ${stated} in ${list} is ${meaning}`;
            return [{ object, field: [...at, ...path, 'resources', list, resource], message }];
          };
          return [
            ...(memory > 0 && memory < likely.memory
              ? told('memory', `${Math.ceil(memory)} bytes; write ${unitOf(memory)}`)
              : []),
            ...(cpu > likely.cpu ? told('cpu', `${cpu} cores, more than a node has; write ${cpu}m`) : []),
          ];
        }),
      ),
    ),
};

/** What a number of bytes was probably meant as: `512m` is half a byte, and 512Mi was meant. */
function unitOf(bytes: number): string {
  return `${bytes < 1 ? Math.round(bytes * 1000) : Math.round(bytes)}Mi`;
}
