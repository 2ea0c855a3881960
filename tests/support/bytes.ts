/**
 * Byte strings as text and back, without loss.
 *
 * The text form is what `redis-cli` prints between double quotes: printable ASCII as it is, `\r \n \t \\ \"` and `\xHH`
 * for the rest. Transcripts, cases and failure messages all use it, so that a line of one can be pasted into another.
 *
 * @module
 */

const encoder = new TextEncoder();

/** A command's argument: text is sent as UTF-8. */
export type Argument = Uint8Array | string;

/** The bytes of an argument. */
export function toBytes(argument: Argument): Uint8Array {
  return typeof argument === "string" ? encoder.encode(argument) : argument;
}

const escapes: Record<number, string> = { 0x0a: "\\n", 0x0d: "\\r", 0x09: "\\t", 0x22: '\\"', 0x5c: "\\\\" };

/** The bytes as printable ASCII. */
export function escapeBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    if (escapes[byte] !== undefined) text += escapes[byte];
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return text;
}

/** The pieces as one byte string. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Whether both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
