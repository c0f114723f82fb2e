import { withCommonLabels } from '../manifests/common-labels.ts';
import { isObject, type ManifestObject, parseManifestObjects } from '../manifests/manifest-object.ts';
import type { Finding } from './finding.ts';
import { readKustomizations } from './read-kustomizations.ts';

/** Files by path, as text. */
export type ManifestFiles = ReadonlyMap<string, string>;

/** The objects of a folder, and the texts in it that are not objects. */
export interface ReadObjects {
  readonly objects: readonly ManifestObject[];
  readonly unreadable: readonly Finding[];
  /** Names of the ConfigMaps and Secrets that kustomize makes. */
  readonly generated: ReadonlySet<string>;
}

/**
 * Reads all objects of all files, in the order of the files. Patches of kustomize change objects elsewhere and are left
 * out; a template, which is no YAML until it is rendered, is a warning.
 */
export function readObjects(files: ManifestFiles): ReadObjects {
  const { patches, generated, labelsOf } = readKustomizations(files);
  const charts = [...files.keys()]
    .filter(file => /(^|\/)Chart\.yaml$/.test(file))
    .map(file => file.slice(0, -'Chart.yaml'.length));
  const parsed = [...files].flatMap(([file, text]) => {
    if (patches.has(file)) return [];
    const isOfChart = charts.some(folder => file.startsWith(`${folder}templates/`));
    if (isOfChart || isTemplate(text)) return [template(file, text)];
    return parseManifestObjects(file, text);
  });
  return {
    objects: parsed.filter(isObject).map(object => withCommonLabels(object, labelsOf(object.file))),
    unreadable: parsed.flatMap(each => (isObject(each) ? [] : [{ code: 'yaml' as const, object: '', ...each }])),
    generated,
  };
}

/** Whether a text has actions of a template where YAML has a key or a value: `{{- if .Values.on }}`. */
function isTemplate(text: string): boolean {
  return /^\s*\{\{-?\s|^\s*[\w.-]+:\s+\{\{-?\s/m.test(text);
}

function template(file: string, text: string) {
  const line = text.slice(0, Math.max(0, text.indexOf('{{'))).split('\n').length;
  const message = 'is a template, which is not looked into: check what it renders';
  return { file, line, column: 1, severity: 'warning' as const, message };
}
