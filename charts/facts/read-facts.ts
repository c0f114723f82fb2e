import path from 'node:path';
import { environments, previews } from './environments.ts';
import { expandPreviews, previewProblems, writtenPath } from './expand-previews.ts';
import { type Facts, factsSchema, imagesSchema, type WrittenFacts } from './facts-schema.ts';
import { intactFacts } from './intact-facts.ts';
import { describeIssue } from './problems/describe-issue.ts';
import { findProblems } from './problems/find-problems.ts';
import type { Problem } from './problems/problem.ts';
import { services } from './services.ts';
import { backups, secretStore, stores } from './shop.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** The error for facts that manifests cannot be made from: one problem per line. */
export class FactsError extends Error {
  readonly code = 'HEADSTART_FACTS';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'one problem' : `${problems.length} problems`} in the facts\n${problems.join('\n')}`,
    );
    this.name = 'FactsError';
    this.problems = problems;
  }
}

/** The shape of a facts file; published as charts/facts.schema.json. */
export const shopFactsSchema = factsSchema.extend({
  images: imagesSchema
    .optional()
    .describe('Images by environment and service. If absent, images.yaml beside this file.'),
});

/**
 * Reads the facts of the example marketplace: typed TypeScript, and the images that the pipeline edits.
 *
 * @throws FactsError with all problems, each with the name of its entry
 */
export function readOwnFacts(): Facts {
  const images = readYamlFile(path.join(import.meta.dirname, 'images.yaml'));
  return factsOf({ services, environments, previews, stores, backups, secretStore }, undefined, images);
}

/**
 * Reads a shop's own facts: a YAML file of the shape of charts/facts.schema.json, with its images inline or in
 * `images.yaml` beside it.
 *
 * @throws FactsError with all problems at once, each with file and line
 */
export function readFacts(file: string): Facts {
  const shop = readYamlFile(file);
  const isInline = isMap(shop.value) && 'images' in shop.value;
  return factsOf(shop.value, shop, isInline ? undefined : readYamlFile(path.join(path.dirname(file), 'images.yaml')));
}

/** Checks values, with the files that they were read from; values from code have no file and no line. */
function factsOf(value: unknown, shop: YamlFile | undefined, images: YamlFile | undefined): Facts {
  const faults = [...(shop?.faults ?? []), ...(images?.faults ?? [])];
  if (value === undefined) throw new FactsError(shop?.faults ?? faults);
  const whole = images === undefined || !isMap(value) ? value : { ...value, images: images.value ?? {} };
  const parsed = factsSchema.safeParse(whole);
  if (parsed.success && faults.length === 0) {
    const problems = problemsOf(parsed.data);
    if (problems.length === 0) return expandPreviews(parsed.data);
    throw new FactsError(placeProblems(problems, shop, images));
  }
  const malformed = parsed.success
    ? []
    : parsed.error.issues.flatMap(issue => describeIssue(issue, whole, factsSchema));
  const intact = intactFacts(whole, malformed);
  const certain = intact === undefined ? [] : problemsOf(intact.facts).filter(intact.isCertain);
  const problems = [...malformed, ...certain].filter(
    ({ path: [list] }) => list !== 'images' || images?.faults.length === 0,
  );
  throw new FactsError([...faults, ...placeProblems(problems, shop, images)]);
}

/** The problems between entries, each with the path of the written entry. */
function problemsOf(written: WrittenFacts): readonly Problem[] {
  const found = findProblems(expandPreviews(written));
  return [...previewProblems(written), ...found.map(each => ({ ...each, path: writtenPath(each.path, written) }))];
}

/** Formats problems as `shop.yaml:12: …` in the order of the lines, those of images.yaml last. */
function placeProblems(problems: readonly Problem[], shop: YamlFile | undefined, images: YamlFile | undefined) {
  const placed = problems.map(({ path: to, message }) => {
    const [file, inFile] = to[0] === 'images' && images !== undefined ? [images, to.slice(1)] : [shop, to];
    return { file, line: file?.lineOf(inFile) ?? 0, message };
  });
  return placed
    .sort((a, b) => Number(a.file === images) - Number(b.file === images) || a.line - b.line)
    .map(({ file, line, message }) => (file === undefined ? message : `${file.file}:${line}: ${message}`));
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
