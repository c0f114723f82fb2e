import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The text of a file, and its encoding where that is not UTF-8. */
export interface FileText {
  readonly text: string;
  /** `UTF-16` or `Windows-1252`; undefined for UTF-8. */
  readonly encoding?: string;
}

/**
 * Reads a text in UTF-8, UTF-16 or Windows-1252 without its byte order mark, and unpacks it when gzip packed it.
 *
 * @throws Error when its name ends in .gz and gzip did not pack it, or it is a zip archive, as workbooks are
 */
export function readText(file: string): FileText {
  const bytes = unpack(file, readFileSync(file));
  const marked = markedUtf16(bytes);
  if (marked !== undefined) return marked;
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { text: bytes.subarray(3).toString('utf8') };
  // Such texts begin with ASCII: a zero beside the first character is the other half of its sixteen bits.
  if (second === 0 && first !== 0) return utf16('utf-16le', bytes);
  if (first === 0 && second !== 0) return utf16('utf-16be', bytes);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}

/** Decodes a manifest: UTF-16 with its byte order mark, else UTF-8, as kubectl does. */
export function readUnicode(bytes: Buffer): string {
  return markedUtf16(bytes)?.text ?? bytes.toString('utf8');
}

function markedUtf16(bytes: Buffer): FileText | undefined {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return utf16('utf-16le', bytes.subarray(2));
  return mark === 'feff' ? utf16('utf-16be', bytes.subarray(2)) : undefined;
}

function utf16(encoding: 'utf-16le' | 'utf-16be', bytes: Buffer): FileText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding: 'UTF-16' };
}

function unpack(file: string, bytes: Buffer): Buffer {
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004')
    throw new Error(`${file} is a workbook of Excel or another zip archive: save its table as CSV`);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isPacked && file.endsWith('.gz')) throw new Error(`${file} ends in .gz and is not packed by gzip`);
  if (!isPacked) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new Error(`${file} is packed by gzip and damaged`, { cause });
  }
}
