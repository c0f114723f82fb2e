import type { FieldPath } from '../../manifests/manifest-object.ts';
import type { Rule } from '../finding.ts';
import { containersOf, type TemplateSpec } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/** Checks what the API server refuses of a pod besides its schema: names that stand twice, and fields that exclude each other. */
export const checkPodShape: Rule = {
  code: 'pod-shape',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      [...doubles(spec), ...images(spec), ...variables(spec), ...restarts(spec, object.kind)].map(
        ({ field, message }) => ({
          object,
          field: [...at, ...field],
          message,
        }),
      ),
    ),
};

interface Told {
  readonly field: FieldPath;
  readonly message: string;
}

function doubles(spec: TemplateSpec): readonly Told[] {
  const all = containersOf(spec);
  const containers = again(
    all,
    ({ container }) => container.name,
    ({ path }, name) => ({ field: [...path, 'name'], message: `a second container is named ${name}` }),
  );
  const volumes = again(
    spec.volumes,
    ({ name }) => name,
    (_, name, index) => ({ field: ['volumes', index, 'name'], message: `a second volume is named ${name}` }),
  );
  const ports = all.flatMap(({ container, path }) =>
    again(
      container.ports,
      ({ name }) => name ?? undefined,
      (_, name, index) => ({
        field: [...path, 'ports', index, 'name'],
        message: `container ${container.name} has a second port named ${name}`,
      }),
    ),
  );
  return [...containers, ...volumes, ...ports];
}

/** Tells each item whose name an item before it has. */
function again<T>(
  items: readonly T[],
  nameOf: (item: T) => string | undefined,
  tell: (item: T, name: string, index: number) => Told,
): readonly Told[] {
  const names = items.map(nameOf);
  return items.flatMap((item, index) => {
    const name = names[index];
    return name === undefined || names.indexOf(name) === index ? [] : [tell(item, name, index)];
  });
}

function images(spec: TemplateSpec): readonly Told[] {
  return containersOf(spec).flatMap(({ container: { name, image }, path }) =>
    image == null || image === '' || /\s/.test(image)
      ? [{ field: [...path, 'image'], message: `container ${name} has no image that can be pulled` }]
      : [],
  );
}

function variables(spec: TemplateSpec): readonly Told[] {
  return containersOf(spec).flatMap(({ container, path }) =>
    container.env.flatMap(({ name, value, valueFrom }, index) =>
      valueFrom != null && value != null && value !== ''
        ? [{ field: [...path, 'env', index], message: `variable ${name} has both value and valueFrom: remove one` }]
        : [],
    ),
  );
}

function restarts({ restartPolicy }: TemplateSpec, kind: string): readonly Told[] {
  if (kind === 'Pod') return [];
  const isJob = kind === 'Job' || kind === 'CronJob';
  const policy = restartPolicy ?? 'Always';
  if (isJob !== (policy === 'Always')) return [];
  const allowed = isJob ? 'OnFailure or Never' : 'Always';
  return [{ field: ['restartPolicy'], message: `restartPolicy ${policy} of a ${kind} is refused; write ${allowed}` }];
}
