/**
 * CRC-16/XMODEM (polynomial 0x1021), which maps keys to cluster hash slots.
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
 *
 * @module
 */
const table = new Uint16Array(256);
for (let i = 0; i < 256; i++) {
  let crc = i << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  table[i] = crc;
}

/** The checksum of `length` bytes from `start`. */
export function crc16(bytes: Uint8Array, start: number, length: number): number {
  let crc = 0;
  for (let i = start; i < start + length; i++) crc = ((crc << 8) ^ table[((crc >>> 8) ^ bytes[i]) & 0xff]) & 0xffff;
  return crc;
}

/** How many hash slots a cluster has. */
export const HASH_SLOTS = 16384;

/** The cluster hash slot of a key: of the part between the first `{` and the next `}` where that is not empty. */
export function hashSlot(bytes: Uint8Array, start: number, length: number): number {
  const end = start + length;
  for (let open = start; open < end; open++) {
    if (bytes[open] !== 0x7b) continue;
    for (let close = open + 1; close < end; close++) {
      if (bytes[close] !== 0x7d) continue;
      if (close === open + 1) break;
      return crc16(bytes, open + 1, close - open - 1) & (HASH_SLOTS - 1);
    }
    break;
  }
  return crc16(bytes, start, length) & (HASH_SLOTS - 1);
}
