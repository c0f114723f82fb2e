import { z } from 'zod';
import { parseYamlDocuments } from '../manifests/yaml-document.ts';

/** What the kustomization.yaml files of a folder say about its other files. */
export interface Kustomizations {
  /** Files that change objects of others and are no objects of their own. */
  readonly patches: ReadonlySet<string>;
  /** Names of the ConfigMaps and Secrets that kustomize makes. */
  readonly generated: ReadonlySet<string>;
}

const patch = z.union([z.string(), z.looseObject({ path: z.string().nullish() })]);
const generator = z.array(z.looseObject({ name: z.string() })).nullish();
const kustomizationSchema = z.looseObject({
  patches: z.array(patch).nullish(),
  patchesStrategicMerge: z.array(patch).nullish(),
  patchesJson6902: z.array(patch).nullish(),
  replacements: z.array(patch).nullish(),
  transformers: z.array(patch).nullish(),
  generators: z.array(patch).nullish(),
  configurations: z.array(patch).nullish(),
  configMapGenerator: generator,
  secretGenerator: generator,
});

/** Reads the kustomization.yaml files among the files. Those that cannot be read are told by the rule `yaml`. */
export function readKustomizations(files: ReadonlyMap<string, string>): Kustomizations {
  const read = [...files]
    .filter(([file]) => /(^|\/)kustomization\.ya?ml$/i.test(file))
    .flatMap(([file, text]) =>
      parseYamlDocuments(text).flatMap(({ value }) => {
        const { data } = kustomizationSchema.safeParse(value);
        return data === undefined ? [] : [{ folder: file.slice(0, file.lastIndexOf('/') + 1), data }];
      }),
    );
  const patches = read.flatMap(({ folder, data }) =>
    [
      data.patches,
      data.patchesStrategicMerge,
      data.patchesJson6902,
      data.replacements,
      data.transformers,
      data.generators,
      data.configurations,
    ].flatMap(list =>
      (list ?? []).flatMap(each => {
        const path = typeof each === 'string' ? each : each.path;
        return path == null || path.includes('\n') ? [] : [resolve(folder, path)];
      }),
    ),
  );
  const generated = read.flatMap(({ data }) =>
    [...(data.configMapGenerator ?? []), ...(data.secretGenerator ?? [])].map(({ name }) => name),
  );
  return { patches: new Set(patches), generated: new Set(generated) };
}

/** Resolves `../` and `./` of a path against a folder that ends in a slash. */
function resolve(folder: string, path: string): string {
  const done: string[] = [];
  for (const part of `${folder}${path}`.split('/')) {
    const last = done.at(-1);
    if (part === '..' && last !== undefined && last !== '..' && last !== '') done.pop();
    else if (part !== '.') done.push(part);
  }
  return done.join('/');
}
