import { Yaml } from 'cdk8s';
import type { ManifestObject } from '../../manifest-chart.ts';

/** A place of an object that the chart's values fill. */
export interface TemplateHole {
  readonly kind: string;
  /** Keys and indexes from the object to the value; the last is a key, which may be new. */
  readonly path: readonly (string | number)[];
  /**
   * The lines of the template in place of the key and its value, as they stand without indentation; `nindent +2` is two
   * columns more than the key's.
   */
  readonly lines: readonly string[];
}

interface Container {
  [key: string | number]: unknown;
}

/**
 * Makes a file of Helm templates of objects. Braces that are not Helm's, such as those of alerts, stay as they are in
 * what is rendered.
 *
 * @throws Error when no object has the place of a hole
 */
export function fillTemplate(objects: readonly ManifestObject[], holes: readonly TemplateHole[]): string {
  const marked = structuredClone(objects) as readonly (ManifestObject & Container)[];
  holes.forEach((hole, index) => {
    const target = marked.filter(({ kind }) => kind === hole.kind).map(object => containerOf(object, hole.path));
    const key = hole.path.at(-1);
    if (target.length === 0 || key === undefined) throw new Error(`no ${hole.kind} has ${hole.path.join('.')}`);
    for (const container of target) container[key] = markOf(index);
  });
  const text = Yaml.stringify(...marked).replaceAll('{{', '{{ "{{" }}');
  return holes.reduce((written, hole, index) => fillHole(written, markOf(index), hole.lines), text);
}

function containerOf(object: Container, path: TemplateHole['path']): Container {
  return path.slice(0, -1).reduce<Container>((at, key) => {
    const next = at[key];
    if (typeof next !== 'object' || next === null) throw new Error(`nothing is at ${path.join('.')}`);
    return next as Container;
  }, object);
}

/** Replaces each line whose value is the mark; an item of a list keeps its dash. */
function fillHole(text: string, mark: string, lines: readonly string[]): string {
  return text.replaceAll(new RegExp(`^( *)(- )?[^ ]+: ${mark}$`, 'gm'), (_, spaces: string, dash: string = '') => {
    const column = spaces.length + dash.length;
    return lines
      .map((line, index) => `${index === 0 ? spaces + dash : ' '.repeat(column)}${line}`)
      .join('\n')
      .replaceAll(/nindent \+(\d+)/g, (_found, more: string) => `nindent ${column + Number(more)}`);
  });
}

function markOf(index: number): string {
  return `HOLE-${index}-OF-TEMPLATE`;
}
