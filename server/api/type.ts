/**
 * What a data type is: how its values live, are opened, freed, copied, saved and described. A definition is the only
 * place that knows the type; the server never asks for a type by name.
 *
 * Three ways to keep a value:
 * - `bytes`: byte strings in the entry itself (the string type, and whatever is a plain string of bytes to clients);
 * - `heap`: a root block in the heap and all that hangs on it, opened as a value of the type's own class;
 * - `object`: a plain JavaScript object, for types where ease counts more than memory.
 *
 * @module
 */
import { NamedError } from "../base/named_error.ts";
import type { Config } from "../config/config.ts";
import type { Heap } from "../heap/heap.ts";
import type { Ref } from "../heap/layout.ts";
import type { BlockVisitor } from "../heap/verifier.ts";

/** Takes the parts of a saved value, in the encodings of the RDB format. */
export interface ValueOutput {
  /** A length-prefixed string; compressed where that is configured and helps. */
  string(bytes: Uint8Array, start?: number, size?: number): void;
  /** A string that spells an integer, in as few bytes as the format allows. */
  integerString(value: number | bigint): void;
  /** A length or another unsigned integer of 64 bits. */
  length(value: number | bigint): void;
  /** A double, 8 bytes. */
  double(value: number): void;
  /** Bytes as they are: the reader must know how many. */
  raw(bytes: Uint8Array): void;
}

/** Saved bytes that can be no value of the type. Thrown while loading; the value is then not there. */
export class CorruptValueError extends NamedError {
  override name = "CorruptValueError";
}

/** Gives the parts of a saved value back. Each throws {@linkcode CorruptValueError}. */
export interface ValueInput {
  /**
   * Whatever {@linkcode ValueOutput.string} or {@linkcode ValueOutput.integerString} wrote. A third-party type may keep the
   * array; for a type with opcodes it may be a view of what is being read, which stays until the next but one is read.
   */
  string(): Uint8Array;
  /** Up to 2^53; what it counts is the reader's to check before room is made for it. */
  length(): number;
  /** The same for any unsigned integer of 64 bits, a bigint where a number would not be exact. */
  exactLength(): number | bigint;
  /** May be infinite, or no number. */
  double(): number;
  /** So many bytes as they are; kept as those of `string`. */
  raw(count: number): Uint8Array;
}

/** What a payload holds. */
export interface PayloadInput extends ValueInput {
  /** Whether all of it has been read. */
  readonly atEnd: boolean;
}

/** Collects the content of a value for `DEBUG DIGEST`. */
export interface DigestOutput {
  /** A part whose place counts: the string itself, an element of a list. */
  ordered(bytes: Uint8Array): void;
  /** A part whose place does not count: a member of a set. */
  unordered(bytes: Uint8Array): void;
  /** Parts that belong together, in their order, while the place of all does not count: a field and its value. */
  unorderedGroup(...parts: Uint8Array[]): void;
}

/** Sends commands that would build a value anew. */
export interface RewriteOutput {
  /** One command line. */
  command(...args: (string | number | bigint | Uint8Array)[]): void;
}

/** What there is to tell about a hash table. */
export interface TableFigures {
  /** Elements. */
  readonly count: number;
  /** Slots for elements. */
  readonly capacity: number;
  /** Bytes of the table without its elements. */
  readonly ownBytes: number;
}

/** What a definition says whichever way the values are kept. */
export interface TypeCommon<V> {
  /** What `TYPE` replies; for third-party types a name of nine letters, digits, `-` or `_`, as the RDB format asks. */
  readonly name: string;
  /** How a value is saved in RDB files, in the payload of `DUMP`, and on the way to a replica. */
  readonly rdb: {
    /** Opcodes of the RDB format that this type reads. Third-party types leave it out: their values are module values. */
    readonly opcodes?: readonly number[];
    /** Version of a module value's encoding, 0 to 1023. Default 0. */
    readonly version?: number;
    /** Opcode under which a value is saved; default: the first of `opcodes`. */
    readonly opcodeOf?: (value: V) => number;
    /** Writes the parts of a value, in an order in which `load` can read them. */
    save(value: V, output: ValueOutput): void;
  };
  /** Writes commands that build the value under a key that does not exist. */
  rewriteAof?(value: V, key: Uint8Array, output: RewriteOutput): void;
  /** Tells the content of a value; two values have the same digest exactly when clients cannot tell them apart. */
  digest(value: V, output: DigestOutput): void;
  /** The type's number in Redis's digests, which makes them comparable; third-party types leave it out. */
  readonly digestNumber?: number;
  /** How many elements freeing it touches; values with many are freed in the background. Default 1. */
  freeEffort?(value: V): number;
  /** The hash table that a value is made of, for `DEBUG HTSTATS-KEY`; null where it is of something else. */
  hashTable?(value: V): TableFigures | null;
  /** What `DEBUG OBJECT` tells beside what it tells of every value: `name:value`, separated by blanks. */
  describe?(value: V): string;
}

/** A type whose values are byte strings in the entry. */
export interface BytesTypeDefinition extends TypeCommon<BytesValue> {
  readonly storage: "bytes";
  /** Names of: an integer, a short string, a long one. */
  readonly encodings: readonly [integer: string, short: string, long: string];
  /** Longest string that is reported under the second name. */
  readonly shortBytesMax: number;
  readonly rdb: TypeCommon<BytesValue>["rdb"] & { load(opcode: number, input: ValueInput): Uint8Array };
}

/** The reading side of a byte string; see `ByteString`. */
export interface BytesValue {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
  readonly isInteger: boolean;
  readonly exactInteger: number | bigint;
  toBytes(): Uint8Array;
}

/** Where a heap value is rooted: the entry keeps the root's ref and the encoding; the value moves them as it grows. */
export interface ValueRoot {
  /** Where the value's blocks come from. */
  readonly heap: Heap;
  /** Parameters: up to where a compact encoding is kept. */
  readonly config: Config;
  /** The block that the value begins at; 0: none yet. */
  root: Ref;
  /** Index into the type's `encodings`. */
  encoding: number;
}

/** A type whose values are blocks in the heap. */
export interface HeapTypeDefinition<V> extends TypeCommon<V> {
  readonly storage: "heap";
  /** Names that `OBJECT ENCODING` reports. */
  readonly encodings: readonly string[];
  /** Opens the value at a root; may return one reused cursor. */
  open(root: ValueRoot): V;
  /**
   * Whether `open` and `create` return one cursor for all values of a heap, so that opening a value ends the use of the one
   * opened before. Roots are then reused as well, which spares an object for each command.
   */
  readonly opensOne?: boolean;
  /**
   * Builds an empty value: sets `root.root` and `root.encoding`. As soon as the root is set, the value can be freed: memory
   * may end, or damaged bytes turn up, while one is built, copied or loaded.
   */
  create(root: ValueRoot): V;
  /** Frees all blocks of the value. */
  free(value: V): void;
  /**
   * Frees blocks of about so many elements, of a value that nobody will use again; true when none is left. What is left must
   * still be a value for `visitBlocks`. For types whose values can have many elements, so that freeing one is no pause.
   */
  freePart?(value: V, elementsMax: number): boolean;
  /** Copies all blocks of the value to a new root. */
  copy(value: V, target: ValueRoot): void;
  /** Reports every block of the value, for the heap verifier. */
  visitBlocks(value: V, visit: BlockVisitor): void;
  /** Bytes, by up to `samples` elements of each kind (0: all). */
  memoryUsage(value: V, samples: number): number;
  readonly rdb: TypeCommon<V>["rdb"] & { load(opcode: number, input: ValueInput, target: ValueRoot): void };
}

/** A type whose values are JavaScript objects. */
export interface ObjectTypeDefinition<V extends object> extends TypeCommon<V> {
  readonly storage: "object";
  /** As `OBJECT ENCODING` reports it. Default: `raw`. */
  readonly encoding?: string;
  /** An empty value. */
  create(): V;
  /** A value of the same content that shares nothing that changes. */
  copy(value: V): V;
  /** Bytes, about; by up to `samples` elements of each kind (0: all). */
  memoryUsage(value: V, samples: number): number;
  /** Told when a value leaves the keyspace. */
  free?(value: V): void;
  readonly rdb: TypeCommon<V>["rdb"] & { load(version: number, input: ValueInput): V };
}

/** Any type. */
// deno-lint-ignore no-explicit-any -- a list of types of different values; each is only used with its own values
export type AnyType = BytesTypeDefinition | HeapTypeDefinition<any> | ObjectTypeDefinition<any>;

/** Value that a type's definition opens. */
export type ValueOf<T extends AnyType> = T extends HeapTypeDefinition<infer V> ? V
  : T extends ObjectTypeDefinition<infer V> ? V
  : BytesValue;

/**
 * Declares a type kept as bytes, in the heap, or as objects.
 *
 * @example A type whose values are JavaScript objects
 * ```ts
 * import { defineType } from "./type.ts";
 *
 * interface Point {
 *   x: number;
 *   y: number;
 * }
 *
 * const pointType = defineType<Point>({
 *   name: "geo-point",
 *   storage: "object",
 *   create: () => ({ x: 0, y: 0 }),
 *   copy: ({ x, y }) => ({ x, y }),
 *   memoryUsage: () => 32,
 *   digest: ({ x, y }, output) => output.ordered(new TextEncoder().encode(`${x} ${y}`)),
 *   rdb: {
 *     version: 1,
 *     save({ x, y }, output) {
 *       output.double(x);
 *       output.double(y);
 *     },
 *     load: (_version, input) => ({ x: input.double(), y: input.double() }),
 *   },
 * });
 * console.assert(pointType.storage === "object");
 * ```
 */
export function defineType<T extends BytesTypeDefinition>(definition: T): T;
export function defineType<V>(definition: HeapTypeDefinition<V>): HeapTypeDefinition<V>;
export function defineType<V extends object>(definition: ObjectTypeDefinition<V>): ObjectTypeDefinition<V>;
export function defineType(definition: AnyType): AnyType {
  return definition;
}
