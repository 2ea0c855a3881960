/**
 * Zipmap: what small hashes were saved as before Redis 2.6. It is only read.
 * Source: https://rdb.fnordig.de/file_format.html#zipmap-encoding
 *
 *     zipmap  [ pairs: 1, 254 and more = count them | pair… | 0xff ]
 *     pair    [ length | field | length | unused bytes: 1 | value | unused… ]
 *     length  1 byte up to 253, else 0xfe and 4 bytes
 *
 * @module
 */

const END = 0xff;
const LONG_LENGTH = 0xfe;
/** The header counts up to here. */
const COUNT_UNKNOWN = 254;

/** Fields and values in turn, as views into the bytes; null where they are no zipmap. */
export function zipmapElements(bytes: Uint8Array): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 1;
  const elements: Uint8Array[] = [];
  let at = 1;
  while (at < end && bytes[at] !== END) {
    const isValue = elements.length % 2 === 1;
    const long = bytes[at] === LONG_LENGTH;
    const start = at + (long ? 5 : 1) + (isValue ? 1 : 0);
    if (start > end) return null;
    const length = long ? view.getUint32(at + 1, true) : bytes[at];
    if (long && length < LONG_LENGTH) return null;
    const unused = isValue ? bytes[start - 1] : 0;
    if (length + unused > end - start) return null;
    elements.push(bytes.subarray(start, start + length));
    at = start + length + unused;
  }
  if (at !== end || bytes[at] !== END || elements.length % 2 === 1) return null;
  return bytes[0] >= COUNT_UNKNOWN || bytes[0] === elements.length / 2 ? elements : null;
}
