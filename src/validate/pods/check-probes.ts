import { didYouMean } from '../../api/faults/closest-word.ts';
import type { FieldPath } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { containersOf, type TemplateContainer } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/**
 * Checks the ports and times of probes:
 *
 *   a port's name that no port of the container has               error: the kubelet finds no port
 *   a number that differs by a digit from the one declared port   error: nothing listens there
 *   another number that is not declared                           none: a declared port is only a note
 *   a time-out above the period                                   warning: probes overlap
 */
export const checkProbes: Rule = {
  code: 'probe-port',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      containersOf(spec).flatMap(({ container, path }) =>
        (['readinessProbe', 'livenessProbe', 'startupProbe'] as const).flatMap(kind => {
          const field = [...at, ...path, kind];
          return [...portRemarks(container, kind, field), ...timeRemarks(container, kind, field)].map(remark => ({
            ...remark,
            object,
          }));
        }),
      ),
    ),
};

type Probe = 'readinessProbe' | 'livenessProbe' | 'startupProbe';
type Told = Omit<Remark, 'object'>;

function portRemarks({ ports, ...container }: TemplateContainer, kind: Probe, at: FieldPath): readonly Told[] {
  return (['httpGet', 'tcpSocket', 'grpc'] as const).flatMap((way): readonly Told[] => {
    const port = container[kind]?.[way]?.port;
    const field = [...at, way, 'port'];
    if (typeof port === 'string' && !/^\d+$/.test(port)) {
      const names = ports.flatMap(({ name }) => name ?? []);
      if (names.includes(port)) return [];
      const message = `${kind} asks port ${port}, which container ${container.name} does not have${didYouMean(port, names)}`;
      return [{ field, message }];
    }
    const [only, ...others] = ports;
    if (port === undefined || only === undefined || others.length > 0) return [];
    if (/metric|prom/.test(only.name ?? '') || !isSlip(String(port), String(only.containerPort))) return [];
    const message = `${kind} asks port ${port}, but container ${container.name} has port ${only.containerPort} alone`;
    return [{ field, message }];
  });
}

function timeRemarks(container: TemplateContainer, kind: Probe, at: FieldPath): readonly Told[] {
  const { periodSeconds, timeoutSeconds } = container[kind] ?? {};
  const [period, timeout] = [periodSeconds ?? 10, timeoutSeconds ?? 1];
  if (timeout <= period) return [];
  const message = `${kind} waits ${timeout} s for an answer but asks every ${period} s: the period should be longer`;
  return [{ code: 'probe-timing', severity: 'warning', field: [...at, 'timeoutSeconds'], message }];
}

/** Whether one number is another with one digit changed, added or left out. */
function isSlip(number: string, declared: string): boolean {
  if (number === declared || Math.abs(number.length - declared.length) > 1) return false;
  const [shorter, longer] = number.length <= declared.length ? [number, declared] : [declared, number];
  const at = [...shorter].findIndex((digit, index) => digit !== longer[index]);
  const from = at < 0 ? shorter.length : at;
  return shorter.length === longer.length
    ? shorter.slice(from + 1) === longer.slice(from + 1)
    : shorter.slice(from) === longer.slice(from + 1);
}
