import { z } from 'zod';
import { didYouMean } from '../../api/faults/closest-word.ts';
import type { Remark, Rule } from '../finding.ts';
import { containersOf } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

const claimsSchema = z.looseObject({
  spec: z.looseObject({
    volumeClaimTemplates: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })),
  }),
});

/** Checks that each mount of a container is of a volume of its pod, or of a claim of its StatefulSet. */
export const checkVolumes: Rule = {
  code: 'missing-volume',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) => {
      const claims = claimsSchema.safeParse(object.value).data?.spec.volumeClaimTemplates ?? [];
      const known = [...spec.volumes.map(({ name }) => name), ...claims.map(({ metadata }) => metadata.name)];
      return containersOf(spec).flatMap(({ container, path }) =>
        (['volumeMounts', 'volumeDevices'] as const).flatMap(list =>
          container[list].flatMap(({ name }, index): readonly Remark[] =>
            known.includes(name)
              ? []
              : [
                  {
                    object,
                    field: [...at, ...path, list, index, 'name'],
                    message: `container ${container.name} mounts ${name}, which is no volume of the pod${didYouMean(name, known)}`,
                  },
                ],
          ),
        ),
      );
    }),
};
