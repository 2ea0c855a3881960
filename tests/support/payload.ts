/**
 * Payloads for `RESTORE`, made by hand: forms that no server writes any more, and wrong ones.
 *
 * @module
 */
import { Crc64 } from "../../server/base/crc64.ts";
import { toBytes } from "./bytes.ts";

/** Part of a payload: a byte, text, or bytes. */
export type PayloadPart = number | string | Uint8Array | readonly PayloadPart[];

function flatten(part: PayloadPart): number[] {
  if (typeof part === "number") return [part];
  if (typeof part === "string") return [...toBytes(part)];
  return part instanceof Uint8Array ? [...part] : part.flatMap(flatten);
}

/** A string as the RDB format has it, up to 16383 bytes long. */
export function savedString(...parts: PayloadPart[]): PayloadPart {
  const bytes = flatten(parts);
  return [bytes.length < 64 ? bytes.length : [0x40 | (bytes.length >> 8), bytes.length & 0xff], bytes];
}

/** A payload: opcode and content, closed by version and checksum. */
export function payload(...parts: PayloadPart[]): Uint8Array {
  const bytes = Uint8Array.from([...flatten(parts), 10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const end = bytes.length - 8;
  new Crc64().update(bytes, 0, end).writeTo(bytes, end);
  return bytes;
}

/** The same as a word of a case. */
export function payloadWord(...parts: PayloadPart[]): string {
  return `"${Array.from(payload(...parts), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`;
}

/** A ziplist of strings shorter than 64 bytes, or of elements in their own encoding. */
export function ziplist(...elements: PayloadPart[]): PayloadPart {
  const body: number[] = [];
  let before = 0;
  let last = 10;
  for (const element of elements) {
    last = 10 + body.length;
    const bytes = typeof element === "string" ? [element.length, ...toBytes(element)] : flatten(element);
    body.push(before, ...bytes);
    before = 1 + bytes.length;
  }
  const total = 11 + body.length;
  return [total & 0xff, total >> 8, 0, 0, last & 0xff, last >> 8, 0, 0, elements.length, 0, body, 0xff];
}

/** A listpack of strings shorter than 64 bytes, or of small integers. */
export function listpack(...elements: (string | number)[]): PayloadPart {
  const body = elements.flatMap((element) =>
    typeof element === "number" ? [element, 1] : [0x80 | element.length, ...toBytes(element), element.length + 1]
  );
  const total = 7 + body.length;
  return [total & 0xff, total >> 8, 0, 0, elements.length & 0xff, elements.length >> 8, body, 0xff];
}
