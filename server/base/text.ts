/**
 * Names, messages and configuration values are texts, but what a client or a file sends are bytes, and a password may be
 * any bytes. So bytes become texts without loss: UTF-8 where it is UTF-8, and each other byte as one lone surrogate (U+DC80 to U+DCFF), a
 * code unit that no valid text contains. File names are then the texts that the system expects, and the way back is exact.
 *
 * @module
 */

const ESCAPE_BASE = 0xdc00;
// With the `u` flag, a surrogate that is part of a pair does not match.
const ESCAPED_BYTES = /([\u{DC80}-\u{DCFF}]+)/u;

const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The text that stands for the bytes; {@linkcode encodeText} gives the same bytes back. */
export function decodeText(bytes: Uint8Array): string {
  const whole = tryDecode(bytes);
  if (whole !== null) return whole;
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const size = sequenceSize(bytes[at]);
    const character = tryDecode(bytes.subarray(at, at + size));
    text += character ?? String.fromCharCode(ESCAPE_BASE + bytes[at]);
    at += character === null ? 1 : size;
  }
  return text;
}

/** The bytes that the text stands for. */
export function encodeText(text: string): Uint8Array {
  const parts = text.split(ESCAPED_BYTES);
  if (parts.length === 1) return encoder.encode(text);
  const bytes: number[] = [];
  parts.forEach((part, index) => {
    if (index % 2 === 0) bytes.push(...encoder.encode(part));
    else for (let i = 0; i < part.length; i++) bytes.push(part.charCodeAt(i) - ESCAPE_BASE);
  });
  return Uint8Array.from(bytes);
}

/** The bytes before the first zero, where a string in C ends; a view. */
export function beforeNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function tryDecode(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Length in bytes of the UTF-8 sequence that the byte begins; 1 where it begins none. */
function sequenceSize(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
