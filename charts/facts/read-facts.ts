import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parse, parseDocument } from 'yaml';
import { z } from 'zod';
import { environments, previews } from './environments.ts';
import { expandPreviews, previewProblems, writtenPath } from './expand-previews.ts';
import { type Facts, factsSchema, imagesSchema, type WrittenFacts } from './facts-schema.ts';
import { findProblems } from './find-problems.ts';
import type { Problem } from './problem.ts';
import { services } from './services.ts';

/** Facts that no manifests can be made of: every problem on a line of its own. */
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

/**
 * The facts of our own marketplace: typed TypeScript, and the images that the pipeline edits.
 *
 * @throws FactsError with all problems, each naming its entry
 */
export function readOwnFacts(): Facts {
  const file = path.join(import.meta.dirname, 'images.yaml');
  const images = imagesSchema.parse(parse(readFileSync(file, 'utf8')));
  const written = { services: [...services], environments: [...environments], previews: [...previews], images };
  return complete(written, ({ message }) => message);
}

/**
 * A shop's own facts: a YAML file of the shape of charts/facts.schema.json, its images inline or in `images.yaml` beside it.
 *
 * @throws FactsError with all problems, each with file and line
 */
export function readFacts(file: string): Facts {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new FactsError(
      document.errors.map(error => `${file}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`),
    );
  }
  const locate = (problemPath: readonly PropertyKey[]) => `${file}:${lineOf(document, lines, problemPath)}`;
  const value = shopFactsSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!value.success) {
    throw new FactsError(
      value.error.issues.map(issue => `${locate(issue.path)}: ${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const imagesFile = path.join(path.dirname(file), 'images.yaml');
  const inline = value.data.images;
  const written = { ...value.data, images: inline ?? imagesSchema.parse(parse(readFileSync(imagesFile, 'utf8'))) };
  const place = ({ path: to }: Problem) =>
    to[0] === 'images' && inline === undefined ? imagesFile : locate(writtenPath(to, written));
  return complete(written, problem => `${place(problem)}: ${problem.message}`);
}

/** The facts with their previews. @throws FactsError with all problems, as `tell` words them */
function complete(written: WrittenFacts, tell: (problem: Problem) => string): Facts {
  const facts = expandPreviews(written);
  const problems = [...previewProblems(written), ...findProblems(facts)];
  if (problems.length > 0) throw new FactsError(problems.map(tell));
  return facts;
}

/** What a facts file holds; published as charts/facts.schema.json. */
export const shopFactsSchema = factsSchema.extend({
  images: imagesSchema.optional().describe('By environment and service; absent: images.yaml beside this file.'),
});

/** The line of the node at a path, or of the nearest node above it that is written down. */
function lineOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, to: readonly PropertyKey[]): number {
  for (let length = to.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(to.slice(0, length), true);
    const range = rangeSchema.safeParse(node);
    if (range.success) return lines.linePos(range.data.range[0]).line;
  }
  return 1;
}

const rangeSchema = z.looseObject({ range: z.tuple([z.number()]).rest(z.number()) });
