import { readFileSync, writeFileSync } from 'node:fs';
import { isMap, parseDocument } from 'yaml';

const [file = '', from = '', to = ''] = process.argv.slice(2);

/** Gives one environment the images of another in images.yaml; comments and the order of lines stay. */
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
