import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { environments } from './environments.ts';
import { type Facts, imagesSchema } from './facts-schema.ts';
import { services } from './services.ts';

/** The facts of our own marketplace: typed TypeScript, and the images that the pipeline edits. */
export function readFacts(): Facts {
  const images = readFileSync(path.join(import.meta.dirname, 'images.yaml'), 'utf8');
  return { services: [...services], environments: [...environments], images: imagesSchema.parse(parse(images)) };
}
