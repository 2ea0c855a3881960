/**
 * Memory between which bytes are copied at the processor's full speed, however they are aligned.
 *
 * V8 moves shared memory eight bytes at a time, or one at a time where source and target are not equally aligned.
 * WebAssembly's `memory.copy` is the C library's `memmove` in every case: from a cold heap to an output buffer, 1,024 bytes
 * take 0.22 µs instead of 0.9, 16 KiB 2 µs instead of 3.4. So what is copied much is the buffer of a `WebAssembly.Memory`,
 * and a module of one instruction copies between two of them. To everybody else it is an ordinary buffer: it can be read
 * into, written from, viewed, and, when shared, posted to a worker.
 *
 * Source: https://webassembly.github.io/spec/core/binary/modules.html
 *
 * @module
 */
import { getHeapStatistics } from "node:v8";
import { assert } from "./assert.ts";

const PAGE_BYTES = 65536;
const PAGES_MAX = 65536;
/** What is left of V8's limit for everything else. */
const RESERVED_BYTES = 512 * 1024 * 1024;

/** Copies `size` bytes from place `start` of one memory to place `at` of another; they may overlap. */
export type NativeCopy = (at: number, start: number, size: number) => void;

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();
const copies = new WeakMap<ArrayBufferLike, WeakMap<ArrayBufferLike, NativeCopy>>();
const modules = new Map<number, WebAssembly.Module>();
/** What V8 counts of this process. */
const counted = { bytes: 0 };
const released = new FinalizationRegistry<number>((bytes) => counted.bytes -= bytes);

/**
 * A buffer of zeros, a multiple of 64 KiB long, that the system commits page by page as it is touched. Throws `RangeError`
 * where the system refuses.
 */
export function allocateNative(bytes: number): ArrayBuffer {
  return newMemory(bytes, false).buffer as ArrayBuffer;
}

/**
 * The same, shared between threads; an ordinary shared buffer where V8 would not bear another native one. It counts native
 * memory, touched or not, as if the garbage collector could free it, and beyond half of the largest JavaScript heap it
 * collects garbage at every turn in the hope of that. Ordinary shared buffers it does not count.
 */
export function allocateNativeShared(bytes: number): SharedArrayBuffer {
  if (counted.bytes + bytes > getHeapStatistics().heap_size_limit / 2 - RESERVED_BYTES) {
    return new SharedArrayBuffer(bytes);
  }
  return newMemory(bytes, true).buffer as unknown as SharedArrayBuffer;
}

/** What copies from one buffer to another, or null unless both are native. */
export function nativeCopy(source: ArrayBufferLike, target: ArrayBufferLike): NativeCopy | null {
  const known = copies.get(source)?.get(target);
  if (known !== undefined) return known;
  const from = memories.get(source);
  const to = memories.get(target);
  if (from === undefined || to === undefined) return null;
  const fromShared = source instanceof SharedArrayBuffer;
  const toShared = target instanceof SharedArrayBuffer;
  const instance = new WebAssembly.Instance(copyModule(fromShared, toShared), { memory: { from, to } });
  const copy = instance.exports.copy as NativeCopy;
  let targets = copies.get(source);
  if (targets === undefined) copies.set(source, targets = new WeakMap());
  targets.set(target, copy);
  return copy;
}

function newMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  assert(bytes % PAGE_BYTES === 0, "native memory comes in pages of 64 KiB");
  const pages = bytes / PAGE_BYTES;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  memories.set(memory.buffer, memory);
  counted.bytes += bytes;
  released.register(memory.buffer, bytes);
  return memory;
}

/** `(import "memory" "from"), (import "memory" "to"), (func (export "copy") (memory.copy $to $from))` */
function copyModule(fromShared: boolean, toShared: boolean): WebAssembly.Module {
  const key = (fromShared ? 2 : 0) + (toShared ? 1 : 0);
  let module = modules.get(key);
  if (module === undefined) {
    const memoryType = (shared: boolean) => [shared ? 3 : 1, 0, ...unsigned(PAGES_MAX)];
    const code = [0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 0x0a, /* to */ 1, /* from */ 0, 0x0b];
    module = new WebAssembly.Module(
      new Uint8Array([
        ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        ...section(1, [1, 0x60, 3, 0x7f, 0x7f, 0x7f, 0]),
        ...section(2, [
          ...[2, ...name("memory"), ...name("from"), 2, ...memoryType(fromShared)],
          ...[...name("memory"), ...name("to"), 2, ...memoryType(toShared)],
        ]),
        ...section(3, [1, 0]),
        ...section(7, [1, ...name("copy"), 0, 0]),
        ...section(10, [1, code.length, ...code]),
      ]),
    );
    modules.set(key, module);
  }
  return module;
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return [text.length, ...new TextEncoder().encode(text)];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}
