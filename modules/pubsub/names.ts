/**
 * Names of channels and patterns: bytes, kept as strings with a character for each, which take less memory than an array and
 * can be compared with bytes as they stand.
 *
 * @module
 */
import type { Key } from "../../server/api/mod.ts";

/** Arguments that one call takes. */
const CHUNK_BYTES = 8192;

/** The name that a key's bytes spell. */
export function nameOf({ buffer, start, length }: Key): string {
  if (length <= CHUNK_BYTES) return String.fromCharCode.apply(null, bytesOf(buffer, start, length));
  const parts: string[] = [];
  for (let done = 0; done < length; done += CHUNK_BYTES) {
    const part = bytesOf(buffer, start + done, Math.min(CHUNK_BYTES, length - done));
    parts.push(String.fromCharCode.apply(null, part));
  }
  return parts.join("");
}

/** Whether a key's bytes spell a name. */
export function spells(name: string, { buffer, start, length }: Key): boolean {
  if (name.length !== length) return false;
  for (let i = 0; i < length; i++) if (name.charCodeAt(i) !== buffer[start + i]) return false;
  return true;
}

/** The bytes of a name. */
export function nameBytes(name: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(name.length);
  for (let i = 0; i < name.length; i++) bytes[i] = name.charCodeAt(i);
  return bytes;
}

/** `apply` takes any list of numbers, though it is declared for arrays. */
function bytesOf(buffer: Uint8Array, start: number, length: number): number[] {
  return buffer.subarray(start, start + length) as unknown as number[];
}
