/**
 * The client's side of RESP2 and RESP3: encoding a request, finding where a reply ends, decoding it.
 *
 * Tests compare raw replies, so framing stands apart from decoding and keeps every byte. The grammar is that of
 * https://redis.io/docs/latest/develop/reference/protocol-spec/. An attribute (`|`) belongs to the reply after it and
 * is framed together with it.
 *
 * @module
 */
import { type Argument, concatBytes, toBytes } from "./bytes.ts";

const encoder = new TextEncoder();
const lineEnd = encoder.encode("\r\n");

/** A request as an array of bulk strings. */
export function encodeCommand(args: readonly Argument[]): Uint8Array {
  const pieces: Uint8Array[] = [encoder.encode(`*${args.length}\r\n`)];
  for (const arg of args) {
    const bytes = toBytes(arg);
    pieces.push(encoder.encode(`$${bytes.length}\r\n`), bytes, lineEnd);
  }
  return concatBytes(pieces);
}

const carriageReturn = 0x0d;

function lineEndAt(bytes: Uint8Array, from: number, limit: number): number {
  const at = bytes.indexOf(carriageReturn, from);
  return at === -1 || at + 1 >= limit ? -1 : at;
}

function lineText(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]);
  return text;
}

/** Elements that follow an aggregate's header, per type byte; a map has two for each that it counts. */
const elementsPerCount: Record<string, number> = { "*": 1, "~": 1, ">": 1, "%": 2, "|": 2 };

/**
 * Where the reply that starts at `from` ends, or -1 when it is not complete before `limit`.
 *
 * Throws when the byte at `from` opens no reply.
 */
export function replyEnd(bytes: Uint8Array, from: number, limit: number): number {
  if (from >= limit) return -1;
  const end = lineEndAt(bytes, from, limit);
  if (end === -1) return -1;
  const type = String.fromCharCode(bytes[from]);
  switch (type) {
    case "+":
    case "-":
    case ":":
    case "_":
    case "#":
    case ",":
    case "(":
      return end + 2;
    case "$":
    case "=":
    case "!": {
      const length = Number(lineText(bytes, from + 1, end));
      if (length < 0) return end + 2;
      const after = end + 2 + length + 2;
      return after <= limit ? after : -1;
    }
    case "*":
    case "~":
    case ">":
    case "%":
    case "|": {
      let left = Number(lineText(bytes, from + 1, end)) * elementsPerCount[type];
      if (type === "|") left += 1;
      let at = end + 2;
      for (; left > 0 && at !== -1; left--) at = replyEnd(bytes, at, limit);
      return at;
    }
    default:
      throw new Error(`no reply starts with byte 0x${bytes[from].toString(16)}`);
  }
}

/** An error reply, as a value. */
export class ErrorReply {
  constructor(readonly message: string) {}
}

/** An out-of-band message of RESP3. */
export class PushReply {
  constructor(readonly items: Reply[]) {}
}

/** A verbatim string of RESP3; `format` is its three letters. */
export class VerbatimReply {
  constructor(readonly format: string, readonly text: string) {}
}

/** A decoded reply. Strings are UTF-8; decode with `{ bytes: true }` to keep bulk strings as bytes. */
export type Reply =
  | string
  | Uint8Array
  | number
  | bigint
  | boolean
  | null
  | ErrorReply
  | PushReply
  | VerbatimReply
  | Reply[]
  | Map<Reply, Reply>
  | Set<Reply>;

class Decoder {
  #at = 0;
  readonly #text = new TextDecoder();

  constructor(readonly raw: Uint8Array, readonly bytes: boolean) {}

  get finished(): boolean {
    return this.#at === this.raw.length;
  }

  #line(): string {
    const end = lineEndAt(this.raw, this.#at, this.raw.length);
    const line = this.#text.decode(this.raw.subarray(this.#at, end));
    this.#at = end + 2;
    return line;
  }

  #take(length: number): Uint8Array {
    const taken = this.raw.slice(this.#at, this.#at + length);
    this.#at += length + 2;
    return taken;
  }

  #items(count: number): Reply[] {
    return Array.from({ length: count }, () => this.reply());
  }

  #pairs(count: number): Map<Reply, Reply> {
    const pairs = new Map<Reply, Reply>();
    for (let left = count; left > 0; left--) pairs.set(this.reply(), this.reply());
    return pairs;
  }

  reply(): Reply {
    const line = this.#line();
    const rest = line.slice(1);
    switch (line[0]) {
      case "+":
        return rest;
      case "-":
        return new ErrorReply(rest);
      case ":":
        return Number.isSafeInteger(Number(rest)) ? Number(rest) : BigInt(rest);
      case "_":
        return null;
      case "#":
        return rest === "t";
      case ",":
        return rest === "inf" ? Infinity : rest === "-inf" ? -Infinity : Number(rest);
      case "(":
        return BigInt(rest);
      case "$": {
        if (rest === "-1") return null;
        const taken = this.#take(Number(rest));
        return this.bytes ? taken : this.#text.decode(taken);
      }
      case "!":
        return new ErrorReply(this.#text.decode(this.#take(Number(rest))));
      case "=": {
        const text = this.#text.decode(this.#take(Number(rest)));
        return new VerbatimReply(text.slice(0, 3), text.slice(4));
      }
      case "*":
        return rest === "-1" ? null : this.#items(Number(rest));
      case ">":
        return new PushReply(this.#items(Number(rest)));
      case "~":
        return new Set(this.#items(Number(rest)));
      case "%":
        return this.#pairs(Number(rest));
      case "|":
        this.#pairs(Number(rest));
        return this.reply();
      default:
        throw new Error(`no reply starts with ${JSON.stringify(line[0])}`);
    }
  }
}

/** The value of one complete raw reply; an attribute before it is dropped. */
export function decode(raw: Uint8Array, { bytes = false }: { bytes?: boolean } = {}): Reply {
  const decoder = new Decoder(raw, bytes);
  const reply = decoder.reply();
  if (!decoder.finished) throw new Error("bytes follow the reply");
  return reply;
}
