import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { RefusedValue } from './refused-value.ts';

const serviceSchema = z.looseObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  spec: z.looseObject({
    ports: z.array(z.looseObject({ name: z.string().nullish(), port: z.number(), protocol: z.string().nullish() })),
  }),
});

/** Finds ports of a Service that have no name beside others, one name twice, or one number and protocol twice. */
export function servicePortFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const { ports } = serviceSchema.safeParse(value).data?.spec ?? { ports: [] };
  const numbers = ports.map(({ port, protocol }) => `${port}/${protocol ?? 'TCP'}`);
  const names = ports.map(({ name }) => name ?? '');
  return ports.flatMap((_, index): readonly RefusedValue[] => {
    const at = (field: string, message: string) => ({ field: ['spec', 'ports', index, field], message });
    const [name = '', number = ''] = [names[index], numbers[index]];
    return [
      ...(name === '' && ports.length > 1
        ? [at('port', `port ${number} has no name: each needs one beside others`)]
        : []),
      ...(name !== '' && names.indexOf(name) < index ? [at('name', `a second port is named ${name}`)] : []),
      ...(numbers.indexOf(number) < index ? [at('port', `port ${number} stands twice`)] : []),
    ];
  });
}
