import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { imageProblem } from './facts/problems/image-problems.ts';

/** The repository that a release publishes the operator's image to, with its registry. */
export const imageRepository = 'ghcr.io/headstart-dev/headstart';

/** The version of the package, which is that of the image and of the Helm chart. */
export function ownVersion(): string {
  // Beside the sources, or above dist/js in the published package.
  const files = ['..', '../../..'].map(up => path.join(import.meta.dirname, up, 'package.json'));
  const file = files.find(existsSync) ?? '';
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}

/** The operator's image of this version, fully qualified. */
export function ownImage(): string {
  return `${imageRepository}:${ownVersion()}`;
}

/** Returns the image of an option `--image`. @throws Error when it does not name one image */
export function checkImage(image: string): string {
  const problem = imageProblem(image);
  if (problem !== undefined) throw new Error(`--image: ${problem}`);
  return image;
}
