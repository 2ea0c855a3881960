/**
 * Memory between which bytes are copied at the processor's full speed, however they are aligned.
 *
 * V8 moves shared memory eight bytes at a time, or one at a time where source and target are not equally aligned.
 * WebAssembly's `memory.copy` is the C library's `memmove` in every case: from a cold heap to an output buffer, 1,024 bytes
 * take 0.22 µs instead of 0.9, 16 KiB 2 µs instead of 3.4. So what is copied much is the buffer of a `WebAssembly.Memory`,
 * and a module of one instruction copies between two of them. To everybody else it is an ordinary buffer: it can be read
 * into, written from, viewed, and, when shared, posted to a worker.
 *
 * @module
 */
import { getHeapStatistics } from "node:v8";
import { assert } from "./assert.ts";
import { I32, wasmModule } from "./wasm_module.ts";

const PAGE_BYTES = 65536;
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

/** An array of at least so many bytes over a native buffer of its own. */
export function nativeBytes(bytesMin: number): Uint8Array {
  return new Uint8Array(allocateNative(Math.ceil(bytesMin / PAGE_BYTES) * PAGE_BYTES));
}

/**
 * Memory like that of {@linkcode allocateNative}, shared between threads; an ordinary shared buffer where V8 would not bear
 * another native one. It counts native memory, touched or not, as if the garbage collector could free it, and beyond half of
 * the largest JavaScript heap it collects garbage at every turn in the hope of that. Ordinary shared buffers it does not count.
 * So the server is started with a limit (`--max-old-space-size`) far beyond what JavaScript needs, which costs nothing; without
 * it, in a program that embeds the server, a gigabyte is native.
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

/** The memory whose buffer it is; undefined unless it is native. A shared one can be posted to a worker. */
export function memoryOf(buffer: ArrayBufferLike): WebAssembly.Memory | undefined {
  return memories.get(buffer);
}

/** The buffer of a memory that another thread has posted: native here as it is there. */
export function adoptNative(memory: WebAssembly.Memory): SharedArrayBuffer {
  memories.set(memory.buffer, memory);
  return memory.buffer as unknown as SharedArrayBuffer;
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

/** `(func (export "copy") (param i32 i32 i32) (memory.copy $to $from))` */
function copyModule(fromShared: boolean, toShared: boolean): WebAssembly.Module {
  const key = (fromShared ? 2 : 0) + (toShared ? 1 : 0);
  let module = modules.get(key);
  if (module === undefined) {
    const code = [0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 0x0a, /* to */ 1, /* from */ 0];
    module = wasmModule([{ name: "from", shared: fromShared }, { name: "to", shared: toShared }], [
      { name: "copy", parameters: [I32, I32, I32], results: [], locals: [], code },
    ]);
    modules.set(key, module);
  }
  return module;
}
