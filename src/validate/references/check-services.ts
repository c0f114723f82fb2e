import { didYouMean } from '../../api/faults/closest-word.ts';
import { selectorSlip } from '../../manifests/label-selector.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { selects } from '../known-objects.ts';
import { isSlip } from '../pods/number-slip.ts';
import { type PodTemplate, podTemplatesOf } from '../pods/pod-templates-of.ts';
import { type ServiceSpec, servicesOf } from './services.ts';

/**
 * Checks that each Service leads to pods, and to ports that they have. It is an error where the pods that are meant are
 * among the objects:
 *
 *   the Service has the name of a workload whose pods it does not select, or a value that is a slip of theirs
 *   a port's name that no container of the selected pods has
 *   the number of its one port, or one with a wrong digit, where every container declares ports and none has it
 */
export const checkServices: Rule = {
  code: 'service-target',
  check: objects => {
    const pods = Map.groupBy(podTemplatesOf(objects), ({ object }) => object.namespace);
    return servicesOf(objects).flatMap(({ object, spec }) => {
      if (spec.type === 'ExternalName' || Object.keys(spec.selector).length === 0) return [];
      const around = pods.get(object.namespace) ?? [];
      const selected = around.filter(({ labels }) => selects(spec.selector, labels));
      return selected.length === 0 ? unselected(object, spec, around) : portRemarks(object, spec, selected);
    });
  },
};

function unselected(
  object: ManifestObject,
  { selector }: ServiceSpec,
  around: readonly PodTemplate[],
): readonly Remark[] {
  const field = ['spec', 'selector'];
  const own = around.find(each => each.object.name === object.name);
  const slip = selectorSlip(
    selector,
    around.map(({ labels }) => labels),
  );
  if (slip === undefined && own === undefined) return [];
  const why = slip ?? `its selector differs from the labels of the pods of ${own?.object.kind} ${own?.object.name}`;
  return [{ object, field, message: `selects no pod: ${why}` }];
}

function portRemarks(
  object: ManifestObject,
  { ports }: ServiceSpec,
  selected: readonly PodTemplate[],
): readonly Remark[] {
  const containers = selected.flatMap(({ spec }) => [
    ...spec.containers,
    ...spec.initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ]);
  const declared = containers.flatMap(container => container.ports);
  const names = declared.flatMap(({ name }) => name ?? []);
  const numbers = new Set(declared.map(({ containerPort }) => containerPort));
  // A number with one wrong digit is meant for a port that no other port of the Service leads to.
  const led = new Set(ports.map(({ port, targetPort }) => targetPort ?? port));
  const isMeant = (target: number) =>
    ports.length === 1 ||
    declared.some(
      ({ name, containerPort }) =>
        !led.has(containerPort) && !led.has(name ?? containerPort) && isSlip(String(target), String(containerPort)),
    );
  return ports.flatMap(({ port, targetPort }, index): readonly Remark[] => {
    const target = targetPort ?? port;
    const field = ['spec', 'ports', index, targetPort == null ? 'port' : 'targetPort'];
    if (typeof target === 'string') {
      if (names.includes(target)) return [];
      const message = `leads to port ${target}, which no container of its pods has${didYouMean(target, names)}`;
      return [{ object, field, message }];
    }
    if (target === 0 || numbers.has(target) || containers.some(container => container.ports.length === 0)) return [];
    const message = `leads to port ${target}, but its pods have ${[...numbers].join(', ')}`;
    return [{ object, field, severity: isMeant(target) ? 'error' : 'warning', message }];
  });
}
