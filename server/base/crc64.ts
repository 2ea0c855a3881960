/**
 * CRC-64 with the Jones polynomial, reflected, no initial or final inversion: the checksum of RDB files and DUMP payloads.
 * `crc64("123456789")` is `e9c6d914c4b8d9ca`. JavaScript has no 64-bit integers worth their price here, so the sum is
 * kept as two 32-bit halves.
 *
 * @module
 */
const tableLow = new Int32Array(256);
const tableHigh = new Int32Array(256);
{
  const low0 = 0xac4bc9b5 | 0;
  const high0 = 0x95ac9329 | 0;
  for (let i = 0; i < 256; i++) {
    let low = i;
    let high = 0;
    for (let bit = 0; bit < 8; bit++) {
      const carry = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (carry) {
        low ^= low0;
        high ^= high0;
      }
    }
    tableLow[i] = low;
    tableHigh[i] = high;
  }
}

/** A running CRC-64; `low` and `high` are its halves as signed 32-bit integers. */
export class Crc64 {
  low = 0;
  high = 0;

  /** Adds bytes; returns this. */
  update(bytes: Uint8Array, start = 0, end: number = bytes.length): this {
    let low = this.low;
    let high = this.high;
    for (let i = start; i < end; i++) {
      const index = (low ^ bytes[i]) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ tableLow[index];
      high = (high >>> 8) ^ tableHigh[index];
    }
    this.low = low;
    this.high = high;
    return this;
  }

  /** Writes the sum as 8 little-endian bytes. */
  writeTo(bytes: Uint8Array, at: number): void {
    for (let i = 0; i < 4; i++) {
      bytes[at + i] = this.low >>> (8 * i);
      bytes[at + 4 + i] = this.high >>> (8 * i);
    }
  }
}
