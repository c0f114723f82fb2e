import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { objectsOf } from '../known-objects.ts';
import { type Declared, declaredIn, missingReference } from './declared.ts';
import { serviceSpecOf } from './services.ts';

const specSchema = z.looseObject({
  serviceName: z.string().nullish(),
  replicas: z.number().nullish(),
  volumeClaimTemplates: z.array(z.unknown()).nullish(),
});

/**
 * Checks that the Service which gives the pods of a StatefulSet their names is there and headless. It is an error where
 * the pods are told apart: there are several, or each has a disk of its own.
 */
export const checkStatefulSets: Rule = {
  code: 'missing-reference',
  check: objects => {
    const declared = declaredIn(objects);
    return objectsOf(objects, 'Workload').flatMap(({ object, spec }) =>
      object.kind === 'StatefulSet' ? remarksOn(object, specSchema.safeParse(spec).data ?? {}, declared) : [],
    );
  },
};

function remarksOn(object: ManifestObject, spec: z.output<typeof specSchema>, declared: Declared): readonly Remark[] {
  const { namespace } = object;
  const name = spec.serviceName ?? '';
  const areApart = (spec.replicas ?? 1) > 1 || (spec.volumeClaimTemplates ?? []).length > 0;
  const field = ['spec', 'serviceName'];
  if (name === '') {
    const message = 'names no Service in serviceName: its pods have no names of their own';
    return [{ object, field: ['spec'], severity: 'warning', message }];
  }
  const missing = missingReference({ from: object, kind: 'Service', namespace, name }, declared);
  if (missing !== undefined) {
    const severity = areApart ? missing.severity : 'warning';
    return [{ object, field, severity, message: `${missing.message}: its pods have no names of their own` }];
  }
  const service = declared.find('Service', namespace, name);
  const found = service === undefined ? undefined : serviceSpecOf(service);
  if (!areApart || found === undefined || found.clusterIP === 'None') return [];
  const message = `Service ${name} has an address of its own, so that its pods have no names: state clusterIP: None`;
  return [{ object, field, message }];
}
