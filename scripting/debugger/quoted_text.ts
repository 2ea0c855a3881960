/**
 * Bytes in quotes, as logs of the debugger show strings.
 *
 * @module
 */
import { decodeText } from "../../server/api/mod.ts";

const ESCAPES: Record<number, string> = {
  0x07: "\\a",
  0x08: "\\b",
  0x09: "\\t",
  0x0a: "\\n",
  0x0d: "\\r",
  0x22: '\\"',
  0x5c: "\\\\",
};

/** Printable ASCII as it is, everything else escaped. */
export function quoted(bytes: Uint8Array): string {
  const isPlain = bytes.every((byte) => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c);
  if (isPlain) return `"${decodeText(bytes)}"`;
  return `"${Array.from(bytes, escaped).join("")}"`;
}

function escaped(byte: number): string {
  if (ESCAPES[byte] !== undefined) return ESCAPES[byte];
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
}
