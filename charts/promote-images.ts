import { readFileSync, writeFileSync } from 'node:fs';
import { isMap, parseDocument } from 'yaml';

const [file = '', from = '', to = ''] = process.argv.slice(2);

/** Copies the images of one environment to another in images.yaml; keeps comments and the order of lines. */
function promoteImages(text: string): string {
  const document = parseDocument(text);
  const source = document.get(from);
  const target = document.get(to);
  if (!isMap(source) || !isMap(target)) throw new Error(`${file}: no environment ${isMap(source) ? to : from}`);
  for (const { key } of target.items) {
    const image = source.get(key);
    if (image !== undefined) target.set(key, image);
  }
  return document.toString({ lineWidth: 0 });
}

writeFileSync(file, promoteImages(readFileSync(file, 'utf8')));
