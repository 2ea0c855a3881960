/**
 * `string.format` of Lua 5.1, with integers of 64 bits: the engine's own has those of the 32 bits that it was compiled for.
 *
 * @module
 */
import { formatExponential, formatFixed, formatGeneral, toInt64 } from "./number_text.ts";
import type { Lua, LuaFunction } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

const PERCENT = 0x25;
const SPEC = /^%([-+ #0]*)(\d*)(?:\.(\d*))?(.?)/s;
/** A string longer than this is not cut or padded. */
const FIELD_BYTES_MAX = 100;

/** One specification. */
interface Spec {
  readonly flags: string;
  readonly width: number;
  /** -1 where none is given. */
  readonly precision: number;
  readonly letter: string;
}

/** The function. Texts are kept as Latin-1, one character for a byte. */
export function formatFunction(lua: Lua): LuaFunction {
  return (L) => {
    const format = latin1(lua.argument(L, 1));
    let result = "";
    let at = 0;
    for (let argument = 1;;) {
      const percent = format.indexOf("%", at);
      result += format.slice(at, percent < 0 ? format.length : percent);
      if (percent < 0) break;
      if (format.charCodeAt(percent + 1) === PERCENT) {
        result += "%";
        at = percent + 2;
        continue;
      }
      const match = SPEC.exec(format.slice(percent))!;
      at = percent + match[0].length;
      if (++argument > lua.api._lua_gettop(L)) lua.failArgument(L, argument, "no value");
      result += formatOne(lua, L, argument, readSpec(lua, L, match));
    }
    const bytes = Uint8Array.from(result, (char) => char.charCodeAt(0));
    lua.pushBytes(L, bytes, 0, bytes.length);
    return 1;
  };
}

function readSpec(lua: Lua, L: Pointer, [, flags, width, precision, letter]: RegExpExecArray): Spec {
  if (flags.length > 5) lua.fail(L, "invalid format (repeated flags)");
  if (width.length > 2 || (precision ?? "").length > 2) {
    lua.fail(L, "invalid format (width or precision too long)");
  }
  return { flags, width: Number(width), precision: precision === undefined ? -1 : Number(precision), letter };
}

function formatOne(lua: Lua, L: Pointer, i: number, spec: Spec): string {
  const { letter, precision } = spec;
  switch (letter) {
    case "c": {
      const code = Number(BigInt.asUintN(8, BigInt(toInt64(number(lua, L, i)))));
      return code === 0 ? "" : pad(String.fromCharCode(code), spec, false);
    }
    case "d":
    case "i":
      return formatInteger(BigInt(toInt64(number(lua, L, i))), 10, spec);
    case "u":
    case "o":
    case "x":
    case "X": {
      const radix = letter === "u" ? 10 : letter === "o" ? 8 : 16;
      return formatInteger(BigInt.asUintN(64, BigInt(toInt64(number(lua, L, i)))), radix, spec);
    }
    case "e":
    case "E":
    case "f":
    case "g":
    case "G":
      return formatFloat(number(lua, L, i), spec);
    case "q":
      return quoted(latin1(lua.argument(L, i)));
    case "s": {
      const text = latin1(lua.argument(L, i));
      if (precision < 0 && text.length >= FIELD_BYTES_MAX) return text;
      const end = text.indexOf("\0");
      const shown = end < 0 ? text : text.slice(0, end);
      return pad(precision < 0 ? shown : shown.slice(0, precision), spec, false);
    }
  }
  const shown = latin1(lua.argument(L, 1));
  const known = shown.indexOf(`${letter}`, 0) >= 0 ? letter : "";
  return lua.fail(L, `invalid option '%${known}' to 'format'`);
}

function number(lua: Lua, L: Pointer, i: number): number {
  return lua.api._luaL_checknumber(L, i);
}

function formatInteger(value: bigint, radix: number, spec: Spec): string {
  const { flags, letter, precision } = spec;
  const isSigned = letter === "d" || letter === "i";
  let digits = (value < 0n ? -value : value).toString(radix);
  if (precision === 0 && value === 0n) digits = "";
  digits = digits.padStart(precision, "0");
  if (flags.includes("#")) {
    if (radix === 8 && !digits.startsWith("0")) digits = `0${digits}`;
    if (radix === 16 && value !== 0n) digits = `0x${digits}`;
  }
  const sign = value < 0n ? "-" : !isSigned ? "" : signFor(flags);
  return pad(sign + (letter === "X" ? digits.toUpperCase() : digits), spec, precision < 0);
}

function formatFloat(value: number, spec: Spec): string {
  const { flags, letter } = spec;
  const precision = spec.precision < 0 ? 6 : spec.precision;
  const kind = letter.toLowerCase();
  let text = kind === "e"
    ? formatExponential(value, precision)
    : kind === "f"
    ? formatFixed(value, precision)
    : formatGeneral(value, precision, flags.includes("#"));
  if (!text.startsWith("-")) text = signFor(flags) + text;
  return pad(letter === kind ? text : text.toUpperCase(), spec, Number.isFinite(value));
}

function signFor(flags: string): string {
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

/** Zeros are put between the sign, with the radix, and the digits. */
function pad(text: string, { flags, width }: Spec, mayZero: boolean): string {
  if (text.length >= width) return text;
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0") || !mayZero) return text.padStart(width);
  const [head] = /^[-+ ]?(?:0[xX])?/.exec(text)!;
  return head + text.slice(head.length).padStart(width - head.length, "0");
}

function quoted(text: string): string {
  const inner = text.replace(/["\\\n\r\0]/g, (char) => char === "\r" ? "\\r" : char === "\0" ? "\\000" : `\\${char}`);
  return `"${inner}"`;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}
