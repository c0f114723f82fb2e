/** A number that stands by itself and can only be milliseconds since 1970, of the years 2001 to 2286. */
export const epochMs = /(?<![\w.-])\d{13}(?![\w.])/;
