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

const PUNCTUATION: Record<string, Token> = {
  "{": "T_OBJ_BEGIN",
  "}": "T_OBJ_END",
  "[": "T_ARR_BEGIN",
  "]": "T_ARR_END",
  ":": "T_COLON",
  ",": "T_COMMA",
};
const ESCAPES: Record<string, number> = { '"': 34, "\\": 92, "/": 47, b: 8, f: 12, n: 10, r: 13, t: 9 };
const NUMBER = /[+-]?(?:0x[0-9a-f]+(?:\.[0-9a-f]*)?(?:p[+-]?\d+)?|\d+(?:\.\d*)?(?:e[+-]?\d+)?|inf(?:inity)?|nan)/iy;
const DECIMAL = /^[+-]?\d/;
const HEX = /^([+-]?)0x([0-9a-f]+)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i;
const BLANKS = " \t\n\r";
const CAUSES = {
  token: "invalid token",
  number: "invalid number",
  escape: "invalid escape code",
  unicode: "invalid unicode escape code",
  end: "unexpected end of string",
};

export class CjsonDecoder {
  #text = "";
  #at = 0;
  #token: Token = "T_END";
  /** Where the token begins. */
  #start = 0;
  #cause = "";
  #number = 0;
  #boolean = false;
  #depth = 0;

  /** `text`: one character for each byte. */
  constructor(
    readonly lua: Lua,
    readonly L: Pointer,
    readonly sink: ByteSink,
    readonly options: { readonly depthMax: number; readonly invalidNumbers: boolean },
  ) {}

  /** Pushes the value of a whole text, one character for a byte. */
  decode(text: string): void {
    this.#text = text;
    if (text.length > 1 && (text.charCodeAt(0) === 0 || text.charCodeAt(1) === 0)) {
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
        return lua.pushBytes(L, this.sink.bytes, 0, this.sink.length);
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

  #object(): void {
    const { lua, L } = this;
    this.#descend();
    lua.api._lua_createtable(L, 0, 0);
    this.#next();
    if (this.#is("T_OBJ_END")) return this.#ascend();
    for (;; this.#next()) {
      if (!this.#is("T_STRING")) this.#fail("object key string");
      lua.pushBytes(L, this.sink.bytes, 0, this.sink.length);
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
    const text = this.#text;
    while (this.#at < text.length && BLANKS.includes(text[this.#at])) this.#at++;
    this.#start = this.#at;
    if (this.#at === text.length) {
      this.#token = "T_END";
      return;
    }
    const char = text[this.#at];
    const punctuation = PUNCTUATION[char];
    if (punctuation !== undefined) {
      this.#token = punctuation;
      this.#at++;
    } else if (char === '"') this.#string();
    else if (text.startsWith("null", this.#at)) this.#word("T_NULL", 4);
    else if (text.startsWith("true", this.#at)) this.#word("T_BOOLEAN", 4);
    else if (text.startsWith("false", this.#at)) this.#word("T_BOOLEAN", 5);
    else this.#readNumber();
  }

  #word(token: Token, length: number): void {
    this.#token = token;
    this.#boolean = length === 4;
    this.#at += length;
  }

  #readNumber(): void {
    const char = this.#text[this.#at];
    const mayBegin = /[0-9+\-in]/i.test(char);
    if (!mayBegin) return this.#error(CAUSES.token, this.#at);
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text)?.[0];
    const begins = /[0-9+-]/.test(char);
    const isOdd = match === undefined || !DECIMAL.test(match) || /^[+-]?0[x0-9]/i.test(match);
    if (match === undefined) return this.#error(begins ? CAUSES.number : CAUSES.token, this.#at);
    if (isOdd && !this.options.invalidNumbers) return this.#error(begins ? CAUSES.number : CAUSES.token, this.#at);
    this.#token = "T_NUMBER";
    this.#number = numberOf(match);
    this.#at += match.length;
  }

  #string(): void {
    const text = this.#text;
    const { sink } = this;
    sink.reset();
    this.#token = "T_STRING";
    for (let at = this.#at + 1;;) {
      if (at >= text.length) return this.#error(CAUSES.end, text.length);
      const char = text[at];
      if (char === '"') {
        this.#at = at + 1;
        return;
      }
      if (char !== "\\") {
        sink.byte(text.charCodeAt(at++));
        continue;
      }
      const escape = text[at + 1] ?? "";
      if (escape === "u") {
        const code = unicodeAt(text, at);
        if (code === null) return this.#error(CAUSES.unicode, at);
        writeUtf8(sink, code);
        at += code > 0xffff ? 12 : 6;
      } else {
        if (ESCAPES[escape] === undefined) return this.#error(CAUSES.escape, at);
        sink.byte(ESCAPES[escape]);
        at += 2;
      }
    }
  }
}

/** The character of an escape, `\u` and four digits, or of two that are surrogates; null where it is none. */
function unicodeAt(text: string, at: number): number | null {
  const first = unitAt(text, at);
  if (first === null || (first & 0xfc00) === 0xdc00) return null;
  if ((first & 0xfc00) !== 0xd800) return first;
  const second = text[at + 6] === "\\" && text[at + 7] === "u" ? unitAt(text, at + 6) : null;
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
