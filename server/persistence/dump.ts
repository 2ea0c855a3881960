/**
 * A value by itself: what `DUMP` gives and `RESTORE` takes. Opcode, value, two bytes of format version, CRC-64. What is kept
 * outside of the keyspace goes into payloads of the same form, with opcodes of its own.
 *
 * @module
 */
import { NO_DEADLINE } from "../api/database.ts";
import {
  type AnyType,
  type BytesTypeDefinition,
  CorruptValueError,
  type HeapTypeDefinition,
  type ObjectTypeDefinition,
} from "../api/type.ts";
import { Crc64 } from "../base/crc64.ts";
import { parseInt64 } from "../base/number.ts";
import type { Database } from "../keyspace/database.ts";
import type { Key } from "../structures/key.ts";
import { MODULE_OPCODE, moduleTypeOf, ModuleValueReader, ModuleValueWriter } from "./module_value.ts";
import { ValueReader, ValueWriter } from "./value_codec.ts";

/** Version of the format that is written. */
const RDB_VERSION = 10;
const TRAILER_BYTES = 10;

/** Saves the value of an entry, with its opcode before it. */
export function saveValue(db: Database, entry: number, output: ValueWriter): void {
  const type = db.typeOf(entry);
  const value = db.valueOf(entry);
  const { rdb } = type as HeapTypeDefinition<unknown>;
  if (rdb.opcodes === undefined) {
    output.byte(MODULE_OPCODE);
    const parts = new ModuleValueWriter(output, type.name, rdb.version ?? 0);
    rdb.save(value, parts);
    parts.end();
    return;
  }
  output.byte(rdb.opcodeOf?.(value) ?? rdb.opcodes[0]);
  rdb.save(value, output);
}

/** Reads a value with its opcode and stores it under a key that is free. Throws {@linkcode CorruptValueError}. */
export function loadValue(db: Database, key: Key, input: ValueReader): void {
  const opcode = input.byte();
  const types = db.keyspace.kinds.types();
  if (opcode !== MODULE_OPCODE) {
    const type = types.find((candidate) => candidate.rdb.opcodes?.includes(opcode));
    if (type === undefined) throw new CorruptValueError(`unknown type of value ${opcode}`);
    return store(db, key, type, opcode, input);
  }
  const { name, version } = moduleTypeOf(ModuleValueReader.id(input));
  const type = types.find((candidate) => candidate.rdb.opcodes === undefined && candidate.name === name);
  if (type === undefined) throw new CorruptValueError(`the value is of type ${name}, whose module is not loaded`);
  const parts = new ModuleValueReader(input);
  store(db, key, type, version, parts);
  try {
    parts.end();
  } catch (error) {
    db.remove(key);
    throw error;
  }
}

function store(db: Database, key: Key, type: AnyType, opcode: number, input: ValueReader | ModuleValueReader): void {
  switch (type.storage) {
    case "bytes":
      return storeBytes(db, key, type, type.rdb.load(opcode, input));
    case "heap": {
      const heapType = type as HeapTypeDefinition<unknown>;
      return db.build(key, heapType, NO_DEADLINE, (root) => heapType.rdb.load(opcode, input, root));
    }
    case "object":
      return db.setObject(key, type as ObjectTypeDefinition<object>, type.rdb.load(opcode, input));
  }
}

function storeBytes(db: Database, key: Key, type: BytesTypeDefinition, bytes: Uint8Array): void {
  const integer = parseInt64(bytes, 0, bytes.length);
  if (integer !== null) db.setInteger(key, type, integer);
  else db.setBytes(key, type, bytes, 0, bytes.length);
}

/** The payload of `DUMP` for an entry. */
export function dumpValue(db: Database, entry: number, compresses: boolean): Uint8Array {
  return dumpParts(compresses, (output) => saveValue(db, entry, output));
}

/** What `save` writes, as a payload: with the format's version and a checksum behind it. */
export function dumpParts(compresses: boolean, save: (output: ValueWriter) => void): Uint8Array {
  const output = new ValueWriter(compresses);
  save(output);
  output.byte(RDB_VERSION & 0xff);
  output.byte(RDB_VERSION >>> 8);
  const sum = new Uint8Array(8);
  new Crc64().update(output.bytes).writeTo(sum, 0);
  output.raw(sum);
  return output.bytes;
}

/** Whether a payload is whole and of a version that can be read. */
export function isIntactPayload(payload: Uint8Array): boolean {
  if (payload.length < TRAILER_BYTES) return false;
  const versionAt = payload.length - TRAILER_BYTES;
  if ((payload[versionAt] | (payload[versionAt + 1] << 8)) > RDB_VERSION) return false;
  const stated = payload.subarray(payload.length - 8);
  const sum = new Uint8Array(8);
  new Crc64().update(payload, 0, payload.length - 8).writeTo(sum, 0);
  return sum.every((byte, i) => byte === stated[i]);
}

/** What an intact payload holds. */
export function partsOf(payload: Uint8Array): ValueReader {
  return new ValueReader(payload, 0, payload.length - TRAILER_BYTES);
}

/** Reads an intact payload, whatever stands behind its value, and stores it under a key that is free. Throws {@linkcode CorruptValueError}. */
export function restoreValue(db: Database, key: Key, payload: Uint8Array): void {
  loadValue(db, key, partsOf(payload));
}
