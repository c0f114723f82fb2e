import { z } from 'zod';
import { parseYamlDocuments } from '../manifests/yaml-document.ts';

/** What the kustomization.yaml files of a folder say about its other files. */
export interface Kustomizations {
  /** Files that change objects of others and are no objects of their own. */
  readonly patches: ReadonlySet<string>;
  /** Names of the ConfigMaps and Secrets that kustomize makes. */
  readonly generated: ReadonlySet<string>;
  /** Labels that kustomize adds to the objects of a file, their selectors included. */
  labelsOf(file: string): Readonly<Record<string, string>> | undefined;
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
  resources: z.array(z.string()).nullish(),
  commonLabels: z.record(z.string(), z.string()).nullish(),
  labels: z
    .array(
      z.looseObject({ pairs: z.record(z.string(), z.string()).nullish(), includeSelectors: z.boolean().nullish() }),
    )
    .nullish(),
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
  const labelled = read.flatMap(({ folder, data }) => {
    const pairs = (data.labels ?? [])
      .filter(({ includeSelectors }) => includeSelectors === true)
      .map(each => each.pairs);
    const labels = Object.assign({}, data.commonLabels, ...pairs) as Readonly<Record<string, string>>;
    if (Object.keys(labels).length === 0) return [];
    return (data.resources ?? []).map(path => ({ covered: resolve(folder, path).replace(/\/$/, ''), labels }));
  });
  const labelsOf = (file: string) => {
    const found = labelled.filter(({ covered }) => file === covered || file.startsWith(`${covered}/`));
    return found.length === 0 ? undefined : Object.assign({}, ...found.map(({ labels }) => labels));
  };
  return { patches: new Set(patches), generated: new Set(generated), labelsOf };
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
