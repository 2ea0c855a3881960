/**
 * Reads JSON straight into Lua, with the leniency and the errors of the library `cjson` 2.1.0.
 *
 * @module
 */
import type { ByteSink } from "./byte_sink.ts";
import type { Lua } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

/** Kinds of tokens, as errors name them. */
type Token =
  | "T_OBJ_BEGIN"
  | "T_OBJ_END"
  | "T_ARR_BEGIN"
  | "T_ARR_END"
  | "T_STRING"
  | "T_NUMBER"
  | "T_BOOLEAN"
  | "T_NULL"
  | "T_COLON"
  | "T_COMMA"
  | "T_END"
  | "T_ERROR";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
const POINT = 0x2e;
const MINUS_SIGN = 0x2d;
const LETTER_U = 0x75;

/** Kinds of tokens by the byte that they begin with, where that is all of them. */
const PUNCTUATION: (Token | undefined)[] = [];
const PUNCTUATION_MARKS: Record<string, Token> = {
  "{": "T_OBJ_BEGIN",
  "}": "T_OBJ_END",
  "[": "T_ARR_BEGIN",
  "]": "T_ARR_END",
  ":": "T_COLON",
  ",": "T_COMMA",
};
for (let byte = 0; byte < 256; byte++) PUNCTUATION.push(PUNCTUATION_MARKS[String.fromCharCode(byte)]);
/** What an escape of one letter stands for. */
const ESCAPES = new Map([...'"\\/bfnrt'].map((letter, i) => [letter.charCodeAt(0), [34, 92, 47, 8, 12, 10, 13, 9][i]]));
const NUMBER = /^[+-]?(?:0x[0-9a-f]+(?:\.[0-9a-f]*)?(?:p[+-]?\d+)?|\d+(?:\.\d*)?(?:e[+-]?\d+)?|inf(?:inity)?|nan)/i;
const NUMBER_BYTES = /[0-9a-z.+-]/i;
const DECIMAL = /^[+-]?\d/;
const HEX = /^([+-]?)0x([0-9a-f]+)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i;
/** So many digits, and powers of ten, are exact in a double, and so is their quotient rounded but once. */
const EXACT_DIGITS_MAX = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS_MAX + 1 }, (_, i) => 10 ** i);
const CAUSES = {
  token: "invalid token",
  number: "invalid number",
  escape: "invalid escape code",
  unicode: "invalid unicode escape code",
  end: "unexpected end of string",
};

export class CjsonDecoder {
  /** The heap of Lua, which the text is in; positions are relative to its beginning. */
  readonly #heap: Uint8Array<ArrayBuffer>;
  #textAt: Pointer = 0;
  #size = 0;
  #at = 0;
  #token: Token = "T_END";
  /** Where the token begins. */
  #start = 0;
  #cause = "";
  #number = 0;
  #boolean = false;
  /** Of a string without escapes, where it is in the text; -1: the sink holds it. */
  #stringAt = -1;
  #stringSize = 0;
  #depth = 0;

  constructor(
    readonly lua: Lua,
    readonly L: Pointer,
    readonly sink: ByteSink,
    readonly options: { readonly depthMax: number; readonly invalidNumbers: boolean },
  ) {
    this.#heap = lua.api.HEAPU8;
  }

  /** Pushes the value of a whole text, which is a string on the stack. */
  decode(textAt: Pointer, size: number): void {
    this.#textAt = textAt;
    this.#size = size;
    if (size > 1 && (this.#heap[textAt] === 0 || this.#heap[textAt + 1] === 0)) {
      this.lua.fail(this.L, "JSON parser does not support UTF-16 or UTF-32");
    }
    this.#next();
    this.#value();
    this.#next();
    if (!this.#is("T_END")) this.#fail("the end");
  }

  /** Pushes the value that begins with the present token. */
  #value(): void {
    const { lua, L } = this;
    const { api } = lua;
    switch (this.#token) {
      case "T_STRING":
        return this.#pushString();
      case "T_NUMBER":
        return api._lua_pushnumber(L, this.#number);
      case "T_BOOLEAN":
        return api._lua_pushboolean(L, this.#boolean ? 1 : 0);
      case "T_OBJ_BEGIN":
        return this.#object();
      case "T_ARR_BEGIN":
        return this.#array();
      case "T_NULL":
        return api._lua_pushlightuserdata(L, 0);
      default:
        this.#fail("value");
    }
  }

  #pushString(): void {
    if (this.#stringAt < 0) this.lua.pushBytes(this.L, this.sink.bytes, 0, this.sink.length);
    else this.lua.api._lua_pushlstring(this.L, this.#textAt + this.#stringAt, this.#stringSize);
  }

  #object(): void {
    const { lua, L } = this;
    this.#descend();
    lua.api._lua_createtable(L, 0, 0);
    this.#next();
    if (this.#is("T_OBJ_END")) return this.#ascend();
    for (;; this.#next()) {
      if (!this.#is("T_STRING")) this.#fail("object key string");
      this.#pushString();
      this.#next();
      if (!this.#is("T_COLON")) this.#fail("colon");
      this.#next();
      this.#value();
      lua.api._lua_rawset(L, -3);
      this.#next();
      if (this.#is("T_OBJ_END")) return this.#ascend();
      if (!this.#is("T_COMMA")) this.#fail("comma or object end");
    }
  }

  #array(): void {
    const { lua, L } = this;
    this.#descend();
    lua.api._lua_createtable(L, 0, 0);
    this.#next();
    if (this.#is("T_ARR_END")) return this.#ascend();
    for (let i = 1;; i++, this.#next()) {
      this.#value();
      lua.api._lua_rawseti(L, -2, i);
      this.#next();
      if (this.#is("T_ARR_END")) return this.#ascend();
      if (!this.#is("T_COMMA")) this.#fail("comma or array end");
    }
  }

  #is(token: Token): boolean {
    return this.#token === token;
  }

  #descend(): void {
    this.#depth++;
    if (this.#depth <= this.options.depthMax && this.lua.api._lua_checkstack(this.L, 3) !== 0) return;
    this.lua.fail(this.L, `Found too many nested data structures (${this.#depth}) at character ${this.#at}`);
  }

  #ascend(): void {
    this.#depth--;
  }

  #fail(expected: string): never {
    const found = this.#is("T_ERROR") ? this.#cause : this.#token;
    return this.lua.fail(this.L, `Expected ${expected} but found ${found} at character ${this.#start + 1}`);
  }

  #error(cause: string, at: number): void {
    this.#token = "T_ERROR";
    this.#cause = cause;
    this.#start = at;
  }

  /** Reads the next token. */
  #next(): void {
    const heap = this.#heap;
    const textAt = this.#textAt;
    let at = this.#at;
    while (at < this.#size && isBlank(heap[textAt + at])) at++;
    this.#start = this.#at = at;
    if (at === this.#size) {
      this.#token = "T_END";
      return;
    }
    const byte = heap[textAt + at];
    const punctuation = PUNCTUATION[byte];
    if (punctuation !== undefined) {
      this.#token = punctuation;
      this.#at++;
    } else if (byte === QUOTE) this.#string();
    else if (this.#isWord("null")) this.#word("T_NULL", 4);
    else if (this.#isWord("true")) this.#word("T_BOOLEAN", 4);
    else if (this.#isWord("false")) this.#word("T_BOOLEAN", 5);
    else if (!this.#readDecimal()) this.#readNumber();
  }

  #isWord(word: string): boolean {
    if (this.#at + word.length > this.#size) return false;
    for (let i = 0; i < word.length; i++) {
      if (this.#heap[this.#textAt + this.#at + i] !== word.charCodeAt(i)) return false;
    }
    return true;
  }

  #word(token: Token, length: number): void {
    this.#token = token;
    this.#boolean = length === 4;
    this.#at += length;
  }

  /** Reads a number as most are: few digits, and a point or none. */
  #readDecimal(): boolean {
    const heap = this.#heap;
    const start = this.#textAt + this.#at;
    const end = this.#textAt + this.#size;
    const isNegative = heap[start] === MINUS_SIGN;
    const first = isNegative ? start + 1 : start;
    let at = first;
    let digits = 0;
    let pointAt = 0;
    for (; at < end; at++) {
      const byte = heap[at];
      if (byte === POINT && pointAt === 0 && at > first) pointAt = at;
      else if (byte >= DIGIT_ZERO && byte <= DIGIT_NINE) digits = digits * 10 + byte - DIGIT_ZERO;
      else break;
    }
    const count = at - first;
    const beginsOddly = heap[first] === DIGIT_ZERO && count > 1 && pointAt !== first + 1;
    if (count === 0 || count > EXACT_DIGITS_MAX || beginsOddly || (at < end && isOfNumber(heap[at]))) return false;
    const value = pointAt === 0 ? digits : digits / POWERS_OF_TEN[at - pointAt - 1];
    this.#token = "T_NUMBER";
    this.#number = isNegative ? -value : value;
    this.#at = at - this.#textAt;
    return true;
  }

  #readNumber(): void {
    let end = this.#at;
    while (end < this.#size && NUMBER_BYTES.test(String.fromCharCode(this.#heap[this.#textAt + end]))) end++;
    const text = this.#latin1(this.#at, end);
    if (!/^[0-9+\-in]/i.test(text)) return this.#error(CAUSES.token, this.#at);
    const match = NUMBER.exec(text)?.[0];
    const begins = /^[0-9+-]/.test(text);
    const isOdd = match === undefined || !DECIMAL.test(match) || /^[+-]?0[x0-9]/i.test(match);
    if (match === undefined || (isOdd && !this.options.invalidNumbers)) {
      return this.#error(begins ? CAUSES.number : CAUSES.token, this.#at);
    }
    this.#token = "T_NUMBER";
    this.#number = numberOf(match);
    this.#at += match.length;
  }

  #string(): void {
    const heap = this.#heap;
    const start = this.#textAt + this.#at + 1;
    const end = this.#textAt + this.#size;
    this.#token = "T_STRING";
    let at = start;
    while (at < end && heap[at] !== QUOTE && heap[at] !== BACKSLASH) at++;
    if (at === end) return this.#error(CAUSES.end, this.#size);
    if (heap[at] === BACKSLASH) return this.#escaped(at - this.#textAt);
    this.#stringAt = start - this.#textAt;
    this.#stringSize = at - start;
    this.#at = at + 1 - this.#textAt;
  }

  /** Reads a string into the sink; `at`: where the first escape is. */
  #escaped(firstAt: number): void {
    const { sink } = this;
    const heap = this.#heap;
    const textAt = this.#textAt;
    sink.reset();
    for (let at = this.#at + 1; at < firstAt; at++) sink.byte(heap[textAt + at]);
    this.#stringAt = -1;
    for (let at = firstAt;;) {
      if (at >= this.#size) return this.#error(CAUSES.end, this.#size);
      const byte = heap[textAt + at];
      if (byte === QUOTE) {
        this.#at = at + 1;
        return;
      }
      if (byte !== BACKSLASH) {
        sink.byte(byte);
        at++;
        continue;
      }
      const letter = at + 1 < this.#size ? heap[textAt + at + 1] : 0;
      if (letter === LETTER_U) {
        const code = unicodeAt(this.#latin1(at, Math.min(this.#size, at + 12)));
        if (code === null) return this.#error(CAUSES.unicode, at);
        writeUtf8(sink, code);
        at += code > 0xffff ? 12 : 6;
      } else {
        const escape = ESCAPES.get(letter);
        if (escape === undefined) return this.#error(CAUSES.escape, at);
        sink.byte(escape);
        at += 2;
      }
    }
  }

  #latin1(start: number, end: number): string {
    let text = "";
    for (let at = start; at < end; at++) text += String.fromCharCode(this.#heap[this.#textAt + at]);
    return text;
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d;
}

/** Whether a byte that follows digits makes another number of them: an exponent, a second point, hexadecimal. */
function isOfNumber(byte: number): boolean {
  return byte === POINT || (byte | 0x20) === 0x65 || (byte | 0x20) === 0x78;
}

/** The character of an escape, `\u` and four digits, or of two that are surrogates; null where it is none. */
function unicodeAt(text: string): number | null {
  const first = unitAt(text, 0);
  if (first === null || (first & 0xfc00) === 0xdc00) return null;
  if ((first & 0xfc00) !== 0xd800) return first;
  const second = text[6] === "\\" && text[7] === "u" ? unitAt(text, 6) : null;
  if (second === null || (second & 0xfc00) !== 0xdc00) return null;
  return 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
}

function unitAt(text: string, at: number): number | null {
  const digits = text.slice(at + 2, at + 6);
  return /^[0-9a-f]{4}$/i.test(digits) ? parseInt(digits, 16) : null;
}

function writeUtf8(sink: ByteSink, code: number): void {
  if (code < 0x80) return sink.byte(code);
  if (code < 0x800) sink.byte(0xc0 | code >> 6);
  else if (code < 0x10000) {
    sink.byte(0xe0 | code >> 12);
    sink.byte(0x80 | code >> 6 & 63);
  } else {
    sink.byte(0xf0 | code >> 18);
    sink.byte(0x80 | code >> 12 & 63);
    sink.byte(0x80 | code >> 6 & 63);
  }
  sink.byte(0x80 | code & 63);
}

function numberOf(text: string): number {
  const hex = HEX.exec(text);
  if (hex !== null) {
    const [, sign, whole, fraction = "", exponent = "0"] = hex;
    const value = parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
    return sign === "-" ? -value : value;
  }
  if (/nan$/i.test(text)) return NaN;
  if (/inf/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}
