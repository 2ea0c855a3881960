/**
 * Values on Lua's stack, read where Lua keeps them. A call of the C API for the type, the number or the string of each costs
 * more than most of what is done with it.
 *
 * A thread knows where its stack ends and, through the call that runs, where the function called is; its arguments follow.
 * Each value is 16 bytes: a number or a pointer, and its type in the lower bits of the third word. A string is a header, with
 * the length in its last word, and the bytes. That is how Lua 5.2 lies in memory where pointers have 32 bits; it is looked at
 * once for each state, since everything here depends on it.
 *
 * Addresses are good until Lua allocates anything: a collection may move the stack.
 *
 * @module
 */
import type { LuaApi, Pointer } from "./lua_vm.ts";

/** Bytes from one value to the next. */
export const VALUE_BYTES = 16;

const END_AT = 8;
const CALL_AT = 16;
/** Flags of a call, one of them that a hook has yielded in it. */
const CALL_FLAGS_AT = 18;
const HOOK_HAS_YIELDED = 0x80;
const SIGN_AT = 4;
const TYPE_AT = 8;
const TYPE_BITS = 15;
const LENGTH_AT = 12;
const STRING_HEADER_BYTES = 16;

export class LuaStack {
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #bytes: Uint8Array;

  constructor(api: LuaApi, L: Pointer) {
    this.#words = api.HEAP32;
    this.#numbers = api.HEAPF64;
    this.#bytes = api.HEAPU8;
    const before = this.end(L);
    api._lua_pushnumber(L, 1.5);
    const bytes = api._lua_pushlstring(L, 0, STRING_HEADER_BYTES);
    const isKnown = this.end(L) === before + 2 * VALUE_BYTES && this.first(L) <= before &&
      this.type(before) === api._lua_type(L, -2) && this.number(before) === 1.5 &&
      this.type(before + VALUE_BYTES) === api._lua_type(L, -1) && this.text(before + VALUE_BYTES) === bytes &&
      this.size(bytes) === STRING_HEADER_BYTES;
    if (!isKnown) throw new Error("Lua's stack is not laid out as it was");
    api._lua_settop(L, -3);
  }

  /** Where the first argument of the function that runs is. */
  first(L: Pointer): Pointer {
    return this.#words[this.#words[(L + CALL_AT) >> 2] >> 2] + VALUE_BYTES;
  }

  /** Lets the hook that a thread has yielded in be called again when the thread goes on. */
  repeatHook(L: Pointer): void {
    this.#bytes[this.#words[(L + CALL_AT) >> 2] + CALL_FLAGS_AT] &= ~HOOK_HAS_YIELDED;
  }

  /** Where the next value will be pushed. */
  end(L: Pointer): Pointer {
    return this.#words[(L + END_AT) >> 2];
  }

  /** As `lua_type` numbers it. */
  type(at: Pointer): number {
    return this.#words[(at + TYPE_AT) >> 2] & TYPE_BITS;
  }

  /** The number at an address. */
  number(at: Pointer): number {
    return this.#numbers[at >> 3];
  }

  /** Whether it is negative, which JavaScript cannot tell of what is no number. */
  isNegative(at: Pointer): boolean {
    return this.#words[(at + SIGN_AT) >> 2] < 0;
  }

  /** What the value at an address points to. */
  pointer(at: Pointer): Pointer {
    return this.#words[at >> 2];
  }

  /** Where the bytes of the string at an address are. */
  text(at: Pointer): Pointer {
    return this.#words[at >> 2] + STRING_HEADER_BYTES;
  }

  /** The number of bytes of a string, by where they are. */
  size(text: Pointer): number {
    return this.#words[(text - STRING_HEADER_BYTES + LENGTH_AT) >> 2];
  }
}
