/**
 * Instructions of WebAssembly functions, written as expressions: each function here gives the bytes of an instruction with
 * its operands before it, so that code reads from the outside to the inside as elsewhere.
 *
 * Memories are told by their number in the order of the module's imports. Memory 0 is reached in one step and each other
 * one over a pointer, so the busiest comes first. Loads and stores need no alignment.
 *
 * Source: https://webassembly.github.io/spec/core/binary/instructions.html
 *
 * @module
 */

/** An expression or statement. */
export type Code = readonly number[];

/** Types of loads. */
export const LOAD_I32 = 0x28;
export const LOAD_I64 = 0x29;
export const LOAD_U8 = 0x2d;
export const LOAD_U16 = 0x2f;
/** The eight bytes, as an integer of 64 bits, whose first is to be used. */
export const LOAD_U8_AS_I64 = 0x31;

/** Types of stores. */
export const STORE_I32 = 0x36;
export const STORE_I64 = 0x37;
export const STORE_U8 = 0x3a;

const EMPTY = 0x40;
const END = 0x0b;
const OTHER_MEMORY = 0x40;

/** The value of a local variable; parameters come first. */
export const get = (local: number): Code => [0x20, ...unsigned(local)];
/** Sets a local variable. */
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
/** Sets a local variable, and is its value. */
export const tee = (local: number, value: Code): Code => [...value, 0x22, ...unsigned(local)];
/** Adds to a local variable of 32 bits. */
export const increase = (local: number, by: number): Code => set(local, add(get(local), int(by)));

/** A constant of 32 bits. */
export const int = (value: number): Code => [0x41, ...signed(value)];
/** A constant of 64 bits, small. */
export const long = (value: number): Code => [0x42, ...signed(value)];

/** A load from `address + offset`. */
export function load(type: number, address: Code, offset = 0, memory = 0): Code {
  return [...address, type, ...place(memory, offset)];
}

/** A store at `address + offset`. */
export function store(type: number, address: Code, value: Code, offset = 0, memory = 0): Code {
  return [...address, ...value, type, ...place(memory, offset)];
}

const both = (instruction: number) => (a: Code, b: Code): Code => [...a, ...b, instruction];

export const add: (a: Code, b: Code) => Code = both(0x6a);
export const subtract: (a: Code, b: Code) => Code = both(0x6b);
export const multiply: (a: Code, b: Code) => Code = both(0x6c);
export const divide: (a: Code, b: Code) => Code = both(0x6e);
export const and: (a: Code, b: Code) => Code = both(0x71);
export const or: (a: Code, b: Code) => Code = both(0x72);
export const shiftLeft: (a: Code, b: Code) => Code = both(0x74);
export const shiftRight: (a: Code, b: Code) => Code = both(0x76);
export const differ: (a: Code, b: Code) => Code = both(0x47);
/** Comparisons without sign. */
export const less: (a: Code, b: Code) => Code = both(0x49);
export const greater: (a: Code, b: Code) => Code = both(0x4b);
export const atMost: (a: Code, b: Code) => Code = both(0x4d);
export const atLeast: (a: Code, b: Code) => Code = both(0x4f);
/** A comparison with sign. */
export const greaterSigned: (a: Code, b: Code) => Code = both(0x4a);

/** 1 for zero, else 0. */
export const isZero = (value: Code): Code => [...value, 0x45];

/** Of 64 bits. */
export const xorLong: (a: Code, b: Code) => Code = both(0x85);
export const orLong: (a: Code, b: Code) => Code = both(0x84);
export const shiftLeftLong: (a: Code, b: Code) => Code = both(0x86);
export const shiftRightLong: (a: Code, b: Code) => Code = both(0x88);
export const isZeroLong = (value: Code): Code => [...value, 0x50];
/** How many of the lowest bits are zero. */
export const zerosLong = (value: Code): Code => [...value, 0x7a];
/** The same number, of 32 bits and without sign before. */
export const longOf = (value: Code): Code => [...value, 0xad];
/** The lower 32 bits. */
export const lowOf = (value: Code): Code => [...value, 0xa7];

/** The second operand where the condition holds, else the third; all are computed. */
export const choose = (condition: Code, yes: Code, no: Code): Code => [...yes, ...no, ...condition, 0x1b];

/** Leaves the function with a result. */
export const give = (value: Code): Code => [...value, 0x0f];
/** Leaves so many enclosing blocks and one, where the condition holds. A loop counts, and is begun anew. */
export const branchIf = (depth: number, condition: Code): Code => [...condition, 0x0d, depth];
/** The same always. */
export const branch = (depth: number): Code => [0x0c, depth];
/** Statements that a branch of depth 0 leaves. */
export const block = (...code: Code[]): Code => [0x02, EMPTY, ...code.flat(), END];
/** Statements where the condition holds; a branch of depth 0 leaves them. */
export const when = (condition: Code, ...code: Code[]): Code => [...condition, 0x04, EMPTY, ...code.flat(), END];
/** Statements while the condition holds; within them a branch of depth 0 goes to the next round, one of depth 1 leaves. */
export const during = (condition: Code, ...code: Code[]): Code => [
  ...[0x02, EMPTY, 0x03, EMPTY, ...condition, 0x45, 0x0d, 1, ...code.flat(), 0x0c, 0, END, END],
];
/** Statements again and again; at their end a branch of depth 0 begins anew, one of depth 1 leaves. */
export const forever = (...code: Code[]): Code => [
  ...[0x02, EMPTY, 0x03, EMPTY, ...code.flat(), 0x0c, 0, END, END],
];

function place(memory: number, offset: number): number[] {
  return memory === 0 ? [0, ...unsigned(offset)] : [OTHER_MEMORY, memory, ...unsigned(offset)];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The same of an integer with sign. */
function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
