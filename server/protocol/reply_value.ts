/**
 * Replies as JavaScript values, for callers inside the process.
 *
 * @module
 */
import { ReplyError } from "./errors.ts";

/** A simple string, as opposed to the bytes of a bulk string. */
export class ReplyStatus {
  constructor(readonly text: string) {}
}

/** A reply. Bulk strings are bytes, maps are `Map`s, errors are `ReplyError`s. */
export type ReplyValue =
  | null
  | number
  | bigint
  | boolean
  | Uint8Array
  | ReplyStatus
  | ReplyError
  | ReplyValue[]
  | Map<ReplyValue, ReplyValue>
  | Set<ReplyValue>;

/** Reads one reply of RESP2 or RESP3 from complete bytes. */
export function readReply(bytes: Uint8Array): ReplyValue {
  return new ReplyDecoder(bytes).next();
}

class ReplyDecoder {
  #at = 0;
  constructor(readonly bytes: Uint8Array) {}

  next(): ReplyValue {
    const type = String.fromCharCode(this.bytes[this.#at++]);
    const line = this.#line();
    switch (type) {
      case "+":
        return new ReplyStatus(line);
      case "-":
        return new ReplyError(line);
      case ":":
        return Number.isSafeInteger(Number(line)) ? Number(line) : BigInt(line);
      case "(":
        return BigInt(line);
      case ",":
        return Number(line.replace("inf", "Infinity"));
      case "#":
        return line === "t";
      case "_":
        return null;
      case "$":
        return line === "-1" ? null : this.#bulk(Number(line));
      case "=":
        return this.#bulk(Number(line)).subarray(4);
      case "*":
      case ">":
        return line === "-1" ? null : this.#items(Number(line));
      case "~":
        return new Set(this.#items(Number(line)));
      case "%": {
        const items = this.#items(2 * Number(line));
        const map = new Map<ReplyValue, ReplyValue>();
        for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
        return map;
      }
      case "|":
        this.#items(2 * Number(line));
        return this.next();
    }
    throw new RangeError(`unknown reply type ${type}`);
  }

  #items(count: number): ReplyValue[] {
    return Array.from({ length: count }, () => this.next());
  }

  #bulk(size: number): Uint8Array {
    const bulk = this.bytes.slice(this.#at, this.#at + size);
    this.#at += size + 2;
    return bulk;
  }

  #line(): string {
    const end = this.bytes.indexOf(0x0d, this.#at);
    const line = decoder.decode(this.bytes.subarray(this.#at, end));
    this.#at = end + 2;
    return line;
  }
}

const decoder = new TextDecoder();
