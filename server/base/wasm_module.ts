/**
 * WebAssembly modules of a few functions on memories that are imported: their binary form, put together at run time.
 *
 * Source: https://webassembly.github.io/spec/core/binary/modules.html
 *
 * @module
 */

/** Value types. */
export const I32 = 0x7f;
export const I64 = 0x7e;
export const V128 = 0x7b;

const PAGES_MAX = 65536;

/** A memory that a module imports, as `memory.<name>`. */
export interface WasmMemory {
  readonly name: string;
  readonly shared: boolean;
}

/** A function that a module exports. */
export interface WasmFunction {
  readonly name: string;
  /** Types of its parameters, which are the first local variables. */
  readonly parameters: readonly number[];
  /** Types of its results. */
  readonly results: readonly number[];
  /** Types of its other local variables. */
  readonly locals: readonly number[];
  /** Its instructions, without the last `end`. */
  readonly code: readonly number[];
}

/** Compiles a module. */
export function wasmModule(memories: readonly WasmMemory[], functions: readonly WasmFunction[]): WebAssembly.Module {
  const types = functions.map(({ parameters, results }) => [0x60, ...vector(parameters), ...vector(results)]);
  const imports = memories.map(({ name: memory, shared }) => [
    ...[...name("memory"), ...name(memory), 2, shared ? 3 : 1],
    ...[0, ...unsigned(PAGES_MAX)],
  ]);
  const exports = functions.map(({ name: exported }, i) => [...name(exported), 0, ...unsigned(i)]);
  const bodies = functions.map(({ locals, code }) => {
    const body = [...items(locals.map((type) => [1, type])), ...code, 0x0b];
    return [...unsigned(body.length), ...body];
  });
  return new WebAssembly.Module(
    new Uint8Array([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, items(types)),
      ...section(2, items(imports)),
      ...section(3, vector(functions.map((_, i) => i))),
      ...section(7, items(exports)),
      ...section(10, items(bodies)),
    ]),
  );
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...vector(content)];
}

function vector(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}

function items(encoded: readonly (readonly number[])[]): number[] {
  return [...unsigned(encoded.length), ...encoded.flat()];
}

function name(text: string): number[] {
  return vector([...new TextEncoder().encode(text)]);
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}
