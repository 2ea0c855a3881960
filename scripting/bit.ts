/**
 * The library `bit` of scripts: operations on integers of 32 bits, signed where they come out.
 * Source: https://bitop.luajit.org/api.html
 *
 * @module
 */
import type { Lua } from "./lua.ts";
import type { Pointer } from "./lua_vm.ts";

/** Added to a number, it rounds it to an integer whose low bits are those of the sum's mantissa. */
const ROUNDING = 2 ** 52 + 2 ** 51;
const HEX_DIGITS = 8;

/** Adds the library to the globals. */
export function addBit(lua: Lua): void {
  const { api, main } = lua;
  const sum = new Float64Array(1);
  const words = new Int32Array(sum.buffer);
  const integer = (L: Pointer, i: number) => {
    sum[0] = api._luaL_checknumber(L, i) + ROUNDING;
    return Number.isNaN(sum[0]) ? 0 : words[0];
  };
  const unary = (apply: (x: number) => number) => (L: Pointer) => {
    api._lua_pushnumber(L, apply(integer(L, 1)) | 0);
    return 1;
  };
  const shift = (apply: (x: number, count: number) => number) => (L: Pointer) => {
    api._lua_pushnumber(L, apply(integer(L, 1), integer(L, 2) & 31) | 0);
    return 1;
  };
  const fold = (apply: (x: number, y: number) => number) => (L: Pointer) => {
    let result = integer(L, 1);
    for (let i = api._lua_gettop(L); i > 1; i--) result = apply(result, integer(L, i));
    api._lua_pushnumber(L, result);
    return 1;
  };
  api._lua_createtable(main, 0, 12);
  lua.addFunctions({
    tobit: unary((x) => x),
    bnot: unary((x) => ~x),
    bswap: unary((x) => x >>> 24 | x >>> 8 & 0xff00 | (x & 0xff00) << 8 | x << 24),
    band: fold((x, y) => x & y),
    bor: fold((x, y) => x | y),
    bxor: fold((x, y) => x ^ y),
    lshift: shift((x, count) => x << count),
    rshift: shift((x, count) => x >>> count),
    arshift: shift((x, count) => x >> count),
    rol: shift((x, count) => x << count | x >>> (32 - count & 31)),
    ror: shift((x, count) => x >>> count | x << (32 - count & 31)),
    tohex: (L) => {
      const digits = (integer(L, 1) >>> 0).toString(16).padStart(HEX_DIGITS, "0");
      const count = api._lua_gettop(L) < 2 ? HEX_DIGITS : integer(L, 2);
      const shown = digits.slice(HEX_DIGITS - Math.min(HEX_DIGITS, Math.abs(count)));
      lua.pushText(L, count < 0 ? shown.toUpperCase() : shown);
      return 1;
    },
  });
  api._lua_setglobal(main, lua.name("bit"));
}
