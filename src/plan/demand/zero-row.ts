/** Numbers in one buffer: a buffer of its own for each row of two hours costs more than the sums in it. */
const bufferLength = 32_768;
/** The longest row that shares a buffer with others: a row that is kept keeps all of its buffer. */
const longestShared = bufferLength / 16;

let buffer = new Float64Array(0);
let taken = 0;

/** A row of `length` zeros to be filled, which shares its buffer with others where it is short. */
export function zeroRow(length: number): Float64Array {
  // Whatever is no count of steps makes an array of its own or throws: it may not move what others share.
  if (!(Number.isInteger(length) && length >= 0 && length <= longestShared)) return new Float64Array(length);
  if (taken + length > buffer.length) {
    buffer = new Float64Array(bufferLength);
    taken = 0;
  }
  taken += length;
  return buffer.subarray(taken - length, taken);
}
