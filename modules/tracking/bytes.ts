/** Byte strings compared. @module */

/** Bytes somewhere. */
interface Bytes {
  readonly buffer: Uint8Array;
  readonly start: number;
  readonly length: number;
}

/** The order of byte strings: negative where `a` comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

/** Whether one begins with another. */
export function startsWith({ buffer, start, length }: Bytes, prefix: Uint8Array): boolean {
  if (length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (buffer[start + i] !== prefix[i]) return false;
  return true;
}

/** Whether one of the two begins with the other. */
export function overlap(a: Uint8Array, b: Uint8Array): boolean {
  return a.length < b.length ? begins(b, a) : begins(a, b);
}

function begins(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return startsWith({ buffer: bytes, start: 0, length: bytes.length }, prefix);
}
