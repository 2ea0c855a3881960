/**
 * A digest of the dataset, of the keys and values that clients see: two servers that hold the same have the same digest,
 * whatever the order and the encodings, and it is the one that Redis computes. Tests compare a master with its replica by
 * it, and a dataset with what was loaded back from its file.
 *
 * Two operations make it up. *Mixing* replaces a digest by the hash of itself xor the hash of some bytes, so order counts;
 * *adding* only does the xor, so it does not. A key's digest mixes its name, the number of its type and what the type says
 * of the value; an entry with a deadline gets a constant added, since remaining times are never the same. All digests of
 * a database are added up, behind its mixed-in index. Costs about 10 µs per key.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { DigestOutput, HeapTypeDefinition } from "../api/type.ts";
import type { EntryRef } from "../api/database.ts";
import type { Database } from "./database.ts";
import type { Keyspace } from "./keyspace.ts";

const DIGEST_BYTES = 20;
/** Number of all types that modules bring. */
const MODULE_TYPE_NUMBER = 5;
const EXPIRES = new TextEncoder().encode("!!expire!!");

/** The digest of everything that a keyspace holds, 20 bytes. */
export function digestKeyspace(keyspace: Keyspace): Uint8Array {
  const total = new Digest();
  for (const db of keyspace.databases) {
    if (db.size === 0) continue;
    total.mix(bigEndian(db.index));
    db.tables.entries.forEach((entry) => {
      const digest = new Digest();
      digest.mix(db.keyOf(entry));
      digestValue(db, entry, digest);
      total.add(digest.bytes);
    });
  }
  return total.bytes;
}

/** The digest of an entry's value and of whether it has a deadline, 20 bytes. */
export function digestEntry(db: Database, entry: EntryRef): Uint8Array {
  const digest = new Digest();
  digestValue(db, entry, digest);
  return digest.bytes;
}

/** Twenty zeros, the digest of nothing. */
export const EMPTY_DIGEST: Uint8Array = new Uint8Array(DIGEST_BYTES);

function digestValue(db: Database, entry: EntryRef, digest: Digest): void {
  const type = db.typeOf(entry) as HeapTypeDefinition<unknown>;
  digest.mix(bigEndian(type.digestNumber ?? MODULE_TYPE_NUMBER));
  type.digest(db.valueOf(entry), digest);
  if (db.deadlineOf(entry) >= 0) digest.add(EXPIRES);
}

class Digest implements DigestOutput {
  bytes = new Uint8Array(DIGEST_BYTES);

  mix(content: Uint8Array): void {
    this.add(content);
    this.bytes = sha1(this.bytes);
  }

  add(content: Uint8Array): void {
    const hash = sha1(content);
    for (let i = 0; i < DIGEST_BYTES; i++) this.bytes[i] ^= hash[i];
  }

  ordered(bytes: Uint8Array): void {
    this.mix(bytes);
  }

  unordered(bytes: Uint8Array): void {
    this.add(bytes);
  }

  unorderedGroup(...parts: Uint8Array[]): void {
    const group = new Digest();
    for (const part of parts) group.mix(part);
    this.add(group.bytes);
  }
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function sha1(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha1").update(bytes).digest());
}
