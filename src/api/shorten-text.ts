const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Shortens a text to a number of bytes in UTF-8, without splitting a visible character. */
export function shortenToBytes(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, startOfCharacter(text, read));
}

/** Shortens a text to a number of UTF-16 units, including the ellipsis, without splitting a visible character. */
export function shortenToLength(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, startOfCharacter(text, maxLength - 1))}…`;
}

function startOfCharacter(text: string, index: number): number {
  return characters.segment(text).containing(index)?.index ?? index;
}
