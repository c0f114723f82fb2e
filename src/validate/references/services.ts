import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';

const serviceSchema = z.looseObject({
  spec: z.looseObject({
    type: z.string().nullish(),
    clusterIP: z.string().nullish(),
    selector: z
      .record(z.string(), z.string())
      .nullish()
      .transform(selector => selector ?? {}),
    ports: z
      .array(
        z.looseObject({
          name: z.string().nullish(),
          port: z.number(),
          protocol: z.string().nullish(),
          targetPort: z.union([z.string(), z.number()]).nullish(),
        }),
      )
      .nullish()
      .transform(ports => ports ?? []),
  }),
});

/** A Service's spec, with the fields that the rules read. */
export type ServiceSpec = z.output<typeof serviceSchema>['spec'];

/** Returns the Services that can be read. */
export function servicesOf(objects: readonly ManifestObject[]) {
  return objects.flatMap(object => {
    const spec = serviceSpecOf(object);
    return spec === undefined ? [] : [{ object, spec }];
  });
}

/** Returns a Service's spec; undefined for another kind, and for one of another shape. */
export function serviceSpecOf({ apiVersion, kind, value }: ManifestObject): ServiceSpec | undefined {
  return apiVersion === 'v1' && kind === 'Service' ? serviceSchema.safeParse(value).data?.spec : undefined;
}
