/**
 * LZF, the compression of strings in RDB files and DUMP payloads.
 * Format: http://oldhome.schmorp.de/marc/liblzf.html
 *
 *     000LLLLL                    L + 1 literal bytes follow
 *     LLLooooo oooooooo           L + 2 bytes from offset o + 1 back, L in 1…6
 *     111ooooo LLLLLLLL oooooooo  L + 9 bytes from offset o + 1 back
 *
 * Native memory is read and written in place, whichever memories they are; for others the bytes take a detour over native
 * scratch memory. Text is compressed at 490 MB/s and noise given up at 360 to 450, where the C server does 450 and 310; expanding
 * gives 1.7 GB/s and more.
 *
 * @module
 */
import { assert } from "../base/assert.ts";
import { copyBytes } from "../base/copy.ts";
import { allocateNative, memoryOf, nativeBytes } from "../base/native_memory.ts";
import { wasmModule } from "../base/wasm_module.ts";
import { BEYOND_ENDS, COMPRESS, CUT_SHORT, EXPAND, EXPANDED, OTHER_LENGTH, TABLE_BYTES } from "./lzf_code.ts";

/** Scratch memory of this size is there from the beginning. */
const SCRATCH_BYTES = 64 * 1024;
/** Scratch memory up to this size is kept. */
const KEPT_BYTES_MAX = 1024 * 1024;
/** From here on the table is cleared, so that places stay below 2^32. */
const STAMP_MAX = 2 ** 31;

const FAILURES: Readonly<Record<number, string>> = {
  [CUT_SHORT]: "compressed string is cut short",
  [BEYOND_ENDS]: "compressed string refers beyond its ends",
  [OTHER_LENGTH]: "compressed string has another length than stated",
};

type Compress = (at: number, end: number, out: number, outEnd: number, base: number) => number;
type Expand = (at: number, end: number, out: number, outEnd: number) => number;

/** What works from one memory to another. */
interface Functions {
  readonly compress: Compress;
  readonly expand: Expand;
}

const table = allocateNative(TABLE_BYTES);
const modules = new Map<string, WebAssembly.Module>();
const functions = new WeakMap<ArrayBufferLike, WeakMap<ArrayBufferLike, Functions>>();
/** Nothing depends on what they hold between two calls. */
const scratch = {
  input: nativeBytes(SCRATCH_BYTES),
  output: nativeBytes(SCRATCH_BYTES),
};
/** Above every place in the table. */
const stamp = { next: 1 };

/**
 * Compresses `size` bytes into at most `limit` bytes from place `at` of `output` on, of which all may be overwritten. Gives how
 * many it took; 0 when that is not enough.
 */
export function compress(
  input: Uint8Array,
  start: number,
  size: number,
  output: Uint8Array,
  at: number,
  limit: number,
): number {
  if (limit <= 0) return 0;
  assert(start >= 0 && start + size <= input.length, "compressed bytes are within their array");
  assert(at >= 0 && at + limit <= output.length, "room for compressed bytes is within its array");
  const between = functionsBetween(input.buffer, output.buffer);
  if (between === null) {
    if (memoryOf(input.buffer) === undefined) {
      return compress(stagedOf(input, start, size), 0, size, output, at, limit);
    }
    const staged = scratchOf("output", limit);
    const written = compress(input, start, size, staged, 0, limit);
    unstage(staged, written, output, at);
    return written;
  }
  if (stamp.next + size > STAMP_MAX) {
    new Uint8Array(table).fill(0);
    stamp.next = 1;
  }
  const base = stamp.next;
  stamp.next += size;
  const from = input.byteOffset + start;
  const to = output.byteOffset + at;
  const end = between.compress(
    from | 0,
    (from + size) | 0,
    to | 0,
    (to + limit) | 0,
    base,
  );
  return end === 0 ? 0 : (end >>> 0) - to;
}

/**
 * Expands `size` bytes to exactly `length` bytes from place `at` of `output` on; throws `RangeError` when the input does not
 * give that.
 */
export function expand(
  input: Uint8Array,
  start: number,
  size: number,
  output: Uint8Array,
  at: number,
  length: number,
): void {
  assert(start >= 0 && start + size <= input.length, "expanded bytes are within their array");
  assert(at >= 0 && at + length <= output.length, "room for expanded bytes is within its array");
  const between = functionsBetween(input.buffer, output.buffer);
  if (between === null) {
    if (memoryOf(input.buffer) === undefined) {
      return expand(stagedOf(input, start, size), 0, size, output, at, length);
    }
    const staged = scratchOf("output", length);
    expand(input, start, size, staged, 0, length);
    return unstage(staged, length, output, at);
  }
  const from = input.byteOffset + start;
  const to = output.byteOffset + at;
  const failure = between.expand(
    from | 0,
    (from + size) | 0,
    to | 0,
    (to + length) | 0,
  );
  if (failure !== EXPANDED) throw new RangeError(FAILURES[failure]);
}

/** Bytes that are not native, where they are. Plain ones come fastest over a view, which needs nothing that is kept. */
function stagedOf(input: Uint8Array, start: number, size: number): Uint8Array {
  const staged = scratchOf("input", size);
  if (input.buffer instanceof SharedArrayBuffer) copyBytes(input, start, staged, 0, size);
  else staged.set(input.subarray(start, start + size));
  return staged;
}

/** The way back. */
function unstage(staged: Uint8Array, size: number, output: Uint8Array, at: number): void {
  if (output.buffer instanceof SharedArrayBuffer) copyBytes(staged, 0, output, at, size);
  else output.set(staged.subarray(0, size), at);
}

function scratchOf(side: "input" | "output", bytes: number): Uint8Array {
  if (bytes <= scratch[side].length) return scratch[side];
  const larger = nativeBytes(bytes);
  if (larger.length <= KEPT_BYTES_MAX) scratch[side] = larger;
  return larger;
}

/** Null unless both are native. */
function functionsBetween(source: ArrayBufferLike, target: ArrayBufferLike): Functions | null {
  let targets = functions.get(source);
  const known = targets?.get(target);
  if (known !== undefined) return known;
  if (memoryOf(source) === undefined || memoryOf(target) === undefined) return null;
  if (targets === undefined) functions.set(source, targets = new WeakMap());
  const made = instantiate(source, target);
  targets.set(target, made);
  return made;
}

function instantiate(source: ArrayBufferLike, target: ArrayBufferLike): Functions {
  const memory = { table: memoryOf(table)!, input: memoryOf(source)!, output: memoryOf(target)! };
  const input = { name: "input", shared: source instanceof SharedArrayBuffer };
  const output = { name: "output", shared: target instanceof SharedArrayBuffer };
  const key = `${input.shared} ${output.shared}`;
  const compressor = moduleOf(
    `compress ${key}`,
    () => wasmModule([{ name: "table", shared: false }, input, output], [COMPRESS]),
  );
  const expander = moduleOf(`expand ${key}`, () => wasmModule([output, input], [EXPAND]));
  const exportsOf = (module: WebAssembly.Module) => new WebAssembly.Instance(module, { memory }).exports;
  return { ...exportsOf(compressor), ...exportsOf(expander) } as unknown as Functions;
}

function moduleOf(key: string, make: () => WebAssembly.Module): WebAssembly.Module {
  let module = modules.get(key);
  if (module === undefined) modules.set(key, module = make());
  return module;
}
