import { closestWord } from '../../api/faults/closest-word.ts';
import { isFilledIn } from '../../manifests/filled-in.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { containersOf } from '../pods/pod-spec.ts';
import { podTemplatesOf } from '../pods/pod-templates-of.ts';
import { type Declared, declaredIn } from './declared.ts';
import { serviceSpecOf } from './services.ts';

/** Checks the addresses in variables, `http://cart:8080` or `cart.shop.svc:6379`, against the Services of the namespace. */
export const checkServiceCalls: Rule = {
  code: 'service-call',
  check: objects => {
    const declared = declaredIn(objects);
    return podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      containersOf(spec).flatMap(({ container, path }) =>
        container.env.flatMap(({ name, value }, index): readonly Remark[] => {
          const message = imageName.test(name) ? undefined : faultOf(value ?? '', object, declared);
          if (message === undefined) return [];
          return [
            { object, field: [...at, ...path, 'env', index, 'value'], message: `variable ${name} calls ${message}` },
          ];
        }),
      ),
    );
  },
};

/** Names of variables whose value is an image with its tag, which looks like a host and a port. */
const imageName = /image|version|tag/i;

function faultOf(value: string, { namespace: own }: ManifestObject, declared: Declared): string | undefined {
  const address = addressIn(value);
  if (address === undefined) return undefined;
  const { name, namespace = own, port } = address;
  const service = declared.find('Service', namespace, name);
  if (service === undefined) {
    const near = closestWord(
      name,
      declared
        .ofKind('Service', namespace)
        .map(each => each.name)
        .filter(each => isSlipOf(each, name)),
    );
    return near === undefined ? undefined : `${name}, which is no Service of this folder; did you mean ${near}?`;
  }
  const spec = serviceSpecOf(service);
  if (spec === undefined || spec.clusterIP === 'None' || spec.type === 'ExternalName') return undefined;
  if (spec.ports.length === 0 || spec.ports.some(each => each.port === port)) return undefined;
  return `port ${port} of Service ${name}, which has ${spec.ports.map(each => each.port).join(', ')}`;
}

/** A host and port, alone or in a URL, whose host may be a Service: one name, or one below a namespace and `svc`. */
function addressIn(value: string) {
  if (isFilledIn(value)) return undefined;
  const [, host = '', port] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?)?([a-z0-9.-]+):(\d{1,5})(?:\/\S*)?$/.exec(value) ?? [];
  const [name = '', namespace, svc, ...rest] = host.replace(/\.$/, '').split('.');
  const isInside =
    namespace === undefined || (svc === 'svc' && (rest.length === 0 || rest.join('.') === 'cluster.local'));
  if (!/^[a-z]/.test(name) || name === 'localhost' || !isInside) return undefined;
  return { name, namespace, port: Number(port) };
}

/** Whether a letter or two, not a number, make the difference, in names that are long enough to tell. */
function isSlipOf(one: string, other: string): boolean {
  const isNumber = one.replaceAll(/\d/g, '#') === other.replaceAll(/\d/g, '#');
  return !isNumber && Math.min(one.length, other.length) > 3 && Math.abs(one.length - other.length) < 2;
}
