import { isFilledIn } from '../../manifests/filled-in.ts';
import type { FieldPath } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import { isJsonObject } from '../../schema/json.ts';
import type { Remark, Rule } from '../finding.ts';
import { isImageName } from './image-name.ts';
import { containersOf, type TemplateSpec } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/** Checks what the API server takes and no node can run: images of no such name, users and ports that exclude each other. */
export const checkStarts: Rule = {
  code: 'cannot-start',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      [...misnamedImages(spec), ...rootUsers(spec), ...sharedPorts(spec), ...strangers(spec)].map(
        ({ field, ...told }): Remark => ({ object, field: [...at, ...field], ...told }),
      ),
    ),
};

interface Told extends Pick<Remark, 'severity' | 'message'> {
  readonly field: FieldPath;
}

function misnamedImages(spec: TemplateSpec): readonly Told[] {
  return containersOf(spec).flatMap(({ container: { name, image }, path }) => {
    if (image == null || image === '' || /\s/.test(image) || isFilledIn(image) || isImageName(image)) return [];
    const hint = image === image.toLowerCase() ? 'registry/name:version' : 'lower-case letters';
    return [
      { field: [...path, 'image'], message: `image ${image} of container ${name} is no name of an image: ${hint}` },
    ];
  });
}

function rootUsers({ securityContext: shared, ...spec }: TemplateSpec): readonly Told[] {
  return containersOf({ securityContext: shared, ...spec }).flatMap(
    ({ container: { name, securityContext }, path }) => {
      const isForbidden = (securityContext?.runAsNonRoot ?? shared?.runAsNonRoot) === true;
      if (!isForbidden || (securityContext?.runAsUser ?? shared?.runAsUser) !== 0) return [];
      const message = `container ${name} runs as user 0 although runAsNonRoot is true: state another user`;
      return [{ field: [...path, 'securityContext'], message }];
    },
  );
}

/** Ports that two containers of a pod listen on side by side: the second finds the address in use. */
function sharedPorts(spec: TemplateSpec): readonly Told[] {
  const all = containersOf(spec)
    .filter(({ container, path: [list] }) => list === 'containers' || container.restartPolicy === 'Always')
    .flatMap(({ container, path }) =>
      container.ports.map(({ containerPort, protocol }, index) => ({
        container: container.name,
        port: `${containerPort}/${protocol ?? 'TCP'}`,
        field: [...path, 'ports', index, 'containerPort'],
      })),
    );
  return all.flatMap(({ container, port, field }, index) => {
    const first = all.slice(0, index).find(each => each.port === port);
    if (first === undefined) return [];
    if (first.container === container) {
      return [{ field, severity: 'warning', message: `container ${container} states port ${port} twice` }];
    }
    return [
      {
        field,
        message: `containers ${first.container} and ${container} of one pod listen on ${port}: one of them fails`,
      },
    ];
  });
}

/** Variables of the amounts of a container that the pod does not have. */
function strangers(spec: TemplateSpec): readonly Told[] {
  const names = containersOf(spec).map(({ container }) => container.name);
  return valuesAt(spec, 'containers|initContainers[].env[].valueFrom.resourceFieldRef').flatMap(({ field, value }) => {
    const name = isJsonObject(value) ? value.containerName : undefined;
    if (typeof name !== 'string' || names.includes(name)) return [];
    return [
      {
        field: [...field, 'containerName'],
        message: `asks for an amount of container ${name}, which the pod does not have`,
      },
    ];
  });
}
