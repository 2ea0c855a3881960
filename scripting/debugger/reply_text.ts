/**
 * What a command has replied, as the debugger shows it.
 *
 * @module
 */
import { decodeText } from "../../server/api/mod.ts";
import { quoted } from "./quoted_text.ts";

const CR = 0x0d;
const VERBATIM_FORMAT_BYTES = 4;

/** The first reply in `bytes`, which are protocol. */
export function replyText(bytes: Uint8Array): string {
  return new ReplyText(bytes).next();
}

class ReplyText {
  #at = 0;

  constructor(readonly bytes: Uint8Array) {}

  next(): string {
    const start = this.#at;
    const end = this.bytes.indexOf(CR, start);
    this.#at = end + 2;
    const type = String.fromCharCode(this.bytes[start]);
    const rest = decodeText(this.bytes.subarray(start + 1, end));
    switch (type) {
      case "$":
        return rest === "-1" ? "NULL" : this.#bulk(Number(rest));
      case "*":
        return rest === "-1" ? "NULL" : `[${this.#items(Number(rest))}]`;
      case ":":
        return rest;
      case "~":
        return `~(${this.#items(Number(rest))})`;
      case "%":
        return `{${this.#pairs(Number(rest))}}`;
      case "_":
        return "(null)";
      case "#":
        return rest === "t" ? "#true" : "#false";
      case ",":
        return `(double) ${rest}`;
      case "=":
        return this.#bulk(Number(rest), VERBATIM_FORMAT_BYTES);
      case "|":
        this.#pairs(Number(rest));
        return this.next();
    }
    return quoted(this.bytes.subarray(start, end));
  }

  #bulk(size: number, from = 0): string {
    const text = quoted(this.bytes.subarray(this.#at + from, this.#at + size));
    this.#at += size + 2;
    return text;
  }

  #items(count: number): string {
    return Array.from({ length: count }, () => this.next()).join(",");
  }

  #pairs(count: number): string {
    return Array.from({ length: count }, () => `${this.next()} => ${this.next()}`).join(",");
  }
}
