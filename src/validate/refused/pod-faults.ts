import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark } from '../finding.ts';
import { containersOf } from '../pods/pod-spec.ts';
import { podTemplatesOf } from '../pods/pod-templates-of.ts';

const probe = z.looseObject({ successThreshold: z.number().nullish() }).nullish();
const containerSchema = z.looseObject({
  volumeMounts: z.array(z.looseObject({ mountPath: z.string() })).nullish(),
  livenessProbe: probe,
  startupProbe: probe,
});

/** Finds a path that a container mounts twice, and probes of life or start that want several answers. */
export function podFaults(objects: readonly ManifestObject[]): readonly Remark[] {
  return podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
    containersOf(spec).flatMap(({ container, path }): readonly Remark[] => {
      const read = containerSchema.safeParse(container).data;
      const paths = (read?.volumeMounts ?? []).map(({ mountPath }) => mountPath);
      const twice = paths.flatMap((mounted, index) =>
        paths.indexOf(mounted) === index
          ? []
          : [
              {
                object,
                field: [...at, ...path, 'volumeMounts', index, 'mountPath'],
                message: `container ${container.name} mounts ${mounted} twice`,
              },
            ],
      );
      const probes = (['livenessProbe', 'startupProbe'] as const).flatMap(kind => {
        const threshold = read?.[kind]?.successThreshold ?? 1;
        if (threshold === 1) return [];
        const field = [...at, ...path, kind, 'successThreshold'];
        return [{ object, field, message: `successThreshold ${threshold} of ${kind}: it must be 1` }];
      });
      return [...twice, ...probes];
    }),
  );
}
