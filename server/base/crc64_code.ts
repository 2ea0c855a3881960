/**
 * CRC-64 as a WebAssembly function: sixteen bytes in one step, by sixteen tables. Table `k` tells what a byte adds to the
 * sum when `k` others follow it, and the sum before the step is part of its first eight bytes.
 *
 * @module
 */
import {
  and,
  atLeast,
  type Code,
  during,
  get,
  increase,
  int,
  less,
  load,
  LOAD_I64,
  LOAD_U8_AS_I64,
  long,
  lowOf,
  set,
  shiftLeft,
  shiftRightLong,
  store,
  STORE_I64,
  subtract,
  xorLong,
} from "./wasm_code.ts";
import { I32, I64, type WasmFunction } from "./wasm_module.ts";

const STEP_BYTES = 16;
const TABLE_BYTES = 256 * 8;
/** Halves of the polynomial, its bits in reverse order. */
const POLYNOMIAL_LOW = 0xac4bc9b5;
const POLYNOMIAL_HIGH = 0x95ac9329;

/** Where the sum stands in the memory that begins with the tables: before and after the function, 8 bytes. */
export const SUM_AT: number = STEP_BYTES * TABLE_BYTES;

/** Writes the tables to the begin of a memory. */
export function fillTables(memory: ArrayBufferLike): void {
  const words = new Int32Array(memory);
  for (let byte = 0; byte < 256; byte++) {
    let low = byte;
    let high = 0;
    for (let bit = 0; bit < 8; bit++) {
      const carry = -(low & 1);
      low = ((low >>> 1) | (high << 31)) ^ (POLYNOMIAL_LOW & carry);
      high = (high >>> 1) ^ (POLYNOMIAL_HIGH & carry);
    }
    words[2 * byte] = low;
    words[2 * byte + 1] = high;
  }
  for (let i = 512; i < STEP_BYTES * 512; i += 2) {
    const low = words[i - 512];
    const high = words[i - 511];
    const next = 2 * (low & 0xff);
    words[i] = ((low >>> 8) | (high << 24)) ^ words[next];
    words[i + 1] = (high >>> 8) ^ words[next + 1];
  }
}

const AT = 0;
const END = 1;
const SUM = 2;
const FIRST = 3;
const SECOND = 4;

/** `(at, end)`: adds the bytes of memory 1 from `at` to before `end` to the sum in memory 0. */
export const UPDATE: WasmFunction = {
  name: "update",
  parameters: [I32, I32],
  results: [],
  locals: [I64, I64, I64],
  code: [
    ...set(SUM, load(LOAD_I64, int(SUM_AT))),
    ...during(
      atLeast(subtract(get(END), get(AT)), int(STEP_BYTES)),
      set(FIRST, xorLong(load(LOAD_I64, get(AT), 0, 1), get(SUM))),
      set(SECOND, load(LOAD_I64, get(AT), 8, 1)),
      set(SUM, sumOf([...lookups(FIRST, 15), ...lookups(SECOND, 7)])),
      increase(AT, STEP_BYTES),
    ),
    ...during(
      less(get(AT), get(END)),
      set(FIRST, xorLong(load(LOAD_U8_AS_I64, get(AT), 0, 1), get(SUM))),
      set(SUM, xorLong(load(LOAD_I64, entryOf(FIRST, 0)), shiftRightLong(get(SUM), long(8)))),
      increase(AT, 1),
    ),
    ...store(STORE_I64, int(SUM_AT), get(SUM)),
  ],
};

/** What each byte of a word adds to the sum, where `following` bytes follow the first. */
function lookups(word: number, following: number): Code[] {
  return Array.from({ length: 8 }, (_, i) => load(LOAD_I64, entryOf(word, i), (following - i) * TABLE_BYTES));
}

/** Eight times a byte of a word, in as few instructions as it takes. */
function entryOf(word: number, byte: number): Code {
  if (byte === 0) return shiftLeft(and(lowOf(get(word)), int(0xff)), int(3));
  return and(lowOf(shiftRightLong(get(word), long(8 * byte - 3))), int(0xff << 3));
}

/** As a tree, so that additions do not wait for each other. */
function sumOf(terms: readonly Code[]): Code {
  if (terms.length === 1) return terms[0];
  const half = terms.length >>> 1;
  return xorLong(sumOf(terms.slice(0, half)), sumOf(terms.slice(half)));
}
