import { didYouMean } from '../../api/faults/closest-word.ts';
import type { FieldPath } from '../../manifests/manifest-object.ts';
import { isSameJson } from '../../schema/json-value.ts';
import type { Remark, Rule } from '../finding.ts';
import { isSlip } from './number-slip.ts';
import { containersOf, type TemplateContainer } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/**
 * Checks the ports and times of probes:
 *
 *   a port's name that no port of the container has               error: the kubelet finds no port
 *   a number that differs by a digit from the one declared port   error: nothing listens there
 *   another number that is not declared                           warning: a declared port is only a note
 *   a time-out above the period                                   warning: probes overlap
 *   life asked as readiness is, and given up sooner               warning; an error where one answer decides
 */
export const checkProbes: Rule = {
  code: 'probe-port',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      containersOf(spec).flatMap(({ container, path }) => [
        ...impatience(container, [...at, ...path, 'livenessProbe']).map(remark => ({ ...remark, object })),
        ...(['readinessProbe', 'livenessProbe', 'startupProbe'] as const).flatMap(kind => {
          const field = [...at, ...path, kind];
          return [...portRemarks(container, kind, field), ...timeRemarks(container, kind, field)].map(remark => ({
            ...remark,
            object,
          }));
        }),
      ]),
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
    if (port === undefined || only === undefined || ports.some(each => each.containerPort === Number(port))) return [];
    const served = ports.filter(({ name }) => !/metric|prom/.test(name ?? ''));
    if (served.length === 0) return [];
    const known = ports.map(each => each.containerPort).join(', ');
    const isMeant = others.length === 0 && isSlip(String(port), String(only.containerPort));
    const verb = isMeant ? 'has' : 'states';
    const message = `${kind} asks port ${port}, but container ${container.name} ${verb} port ${known} alone`;
    return isMeant ? [{ field, message }] : [{ field, severity: 'warning', message }];
  });
}

function timeRemarks(container: TemplateContainer, kind: Probe, at: FieldPath): readonly Told[] {
  const { periodSeconds, timeoutSeconds } = container[kind] ?? {};
  const [period, timeout] = [periodSeconds ?? 10, timeoutSeconds ?? 1];
  if (timeout <= period) return [];
  const message = `${kind} waits ${timeout} s for an answer but asks every ${period} s: the period should be longer`;
  return [{ code: 'probe-timing', severity: 'warning', field: [...at, 'timeoutSeconds'], message }];
}

/** A liveness probe that asks the same as the readiness probe and gives up sooner: a slow pod is killed, not spared. */
function impatience(
  { livenessProbe: life, readinessProbe: ready }: TemplateContainer,
  field: FieldPath,
): readonly Told[] {
  if (life == null || ready == null) return [];
  const isSame = (['httpGet', 'tcpSocket', 'grpc', 'exec'] as const).every(way =>
    isSameJson(life[way] ?? null, ready[way] ?? null),
  );
  const seconds = (probe: typeof life) => (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3);
  if (!isSame || seconds(life) >= seconds(ready)) return [];
  const severity = life.failureThreshold === 1 ? 'error' : 'warning';
  const message = `livenessProbe asks the same as readinessProbe and gives up after ${seconds(life)} s, before its ${seconds(ready)} s: a slow pod is killed instead of spared; let it wait longer`;
  return [{ code: 'probe-timing', severity, field, message }];
}
