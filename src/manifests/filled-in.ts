/** Whether a tool replaces a part of a text before it is applied: `${password}`, `<base64>`, `{{ name }}`. */
export function isFilledIn(text: string): boolean {
  return /[$<{]/.test(text);
}
