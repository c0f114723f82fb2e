import { didYouMean } from '../../api/faults/closest-word.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { backendsOf, type RouteBackend } from './backends.ts';
import { type Declared, declaredIn, missingReference } from './declared.ts';
import { serviceSpecOf } from './services.ts';

/** Checks that Ingresses and the routes of the Gateway API lead to a Service, and to a port that it has. */
export const checkRoutes: Rule = {
  code: 'route-backend',
  check: objects => {
    const declared = declaredIn(objects);
    return objects.flatMap(object => backendsOf(object).flatMap(backend => remarkOn(object, backend, declared)));
  },
};

function remarkOn(
  object: ManifestObject,
  { namespace, name, port, field, portField }: RouteBackend,
  declared: Declared,
): readonly Remark[] {
  const missing = missingReference({ from: object, kind: 'Service', namespace, name }, declared);
  if (missing !== undefined) return [{ object, field, ...missing, message: `leads nowhere: ${missing.message}` }];
  const service = declared.find('Service', namespace, name);
  const spec = service === undefined ? undefined : serviceSpecOf(service);
  if (spec === undefined || spec.ports.length === 0) return [];
  if (port === undefined) {
    const message = `names no port of Service ${name}, which has ${spec.ports.map(each => each.port).join(', ')}`;
    return [{ object, field, message }];
  }
  const isThere = spec.ports.some(each => (typeof port === 'number' ? each.port === port : each.name === port));
  if (isThere) return [];
  const names = spec.ports.flatMap(each => each.name ?? []);
  const known = spec.ports.map(each => (each.name == null ? `${each.port}` : `${each.port} (${each.name})`)).join(', ');
  const hint = typeof port === 'string' ? didYouMean(port, names) : '';
  return [{ object, field: portField, message: `leads to port ${port} of Service ${name}, which has ${known}${hint}` }];
}
