/**
 * CRC-64 with the Jones polynomial, reflected, no initial or final inversion: the checksum of RDB files and DUMP payloads.
 * `crc64("123456789")` is `e9c6d914c4b8d9ca`.
 *
 * JavaScript has no 64-bit integers worth their price; WebAssembly has. Bytes of native memory are read in place, at 2.4
 * GB/s; others pass through a native window within the processor's cache, at 2.3. In JavaScript it was 0.5.
 *
 * @module
 */
import { fillTables, SUM_AT, UPDATE } from "./crc64_code.ts";
import { allocateNative, memoryOf } from "./native_memory.ts";
import { wasmModule } from "./wasm_module.ts";

/** Behind the tables and the sum. */
const WINDOW_AT = SUM_AT + 64;
const WINDOW_BYTES = 16 * 1024;

/** Adds the bytes of a memory from `at` to before `end` to the sum. */
type Update = (at: number, end: number) => void;

const scratch = allocateNative(65536);
const sum = new Int32Array(scratch, SUM_AT, 2);
const window = new Uint8Array(scratch, WINDOW_AT, WINDOW_BYTES);
const modules: WebAssembly.Module[] = [];
const updates = new WeakMap<ArrayBufferLike, Update>();
fillTables(scratch);
const updateWindow = newUpdate(scratch)!;

/** A running CRC-64; `low` and `high` are its halves as signed 32-bit integers. */
export class Crc64 {
  low = 0;
  high = 0;

  /** Adds bytes; returns this. */
  update(bytes: Uint8Array, start = 0, end: number = bytes.length): this {
    const update = updates.get(bytes.buffer) ?? newUpdate(bytes.buffer);
    sum[0] = this.low;
    sum[1] = this.high;
    if (update !== undefined) update((bytes.byteOffset + start) | 0, (bytes.byteOffset + end) | 0);
    else {
      for (let at = start; at < end; at += WINDOW_BYTES) {
        const size = Math.min(WINDOW_BYTES, end - at);
        window.set(bytes.subarray(at, at + size));
        updateWindow(WINDOW_AT, WINDOW_AT + size);
      }
    }
    this.low = sum[0];
    this.high = sum[1];
    return this;
  }

  /** Writes the sum as 8 little-endian bytes. */
  writeTo(bytes: Uint8Array, at: number): void {
    for (let i = 0; i < 4; i++) {
      bytes[at + i] = this.low >>> (8 * i);
      bytes[at + 4 + i] = this.high >>> (8 * i);
    }
  }
}

/** Undefined unless the buffer is native. */
function newUpdate(buffer: ArrayBufferLike): Update | undefined {
  const bytes = memoryOf(buffer);
  if (bytes === undefined) return undefined;
  const shared = buffer instanceof SharedArrayBuffer;
  const module = modules[+shared] ??= wasmModule([
    { name: "tables", shared: false },
    { name: "bytes", shared },
  ], [UPDATE]);
  const instance = new WebAssembly.Instance(module, { memory: { tables: memoryOf(scratch)!, bytes } });
  const update = instance.exports.update as Update;
  updates.set(buffer, update);
  return update;
}
