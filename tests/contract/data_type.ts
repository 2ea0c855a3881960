/**
 * What every data type must do, whoever wrote it. A type's test names the type, the modules that bring it, and how to build
 * some of its values; the rest is here.
 *
 * Give a sample for each encoding and each edge that the type has: empty parts, the largest value that is still compact,
 * the smallest that is not.
 *
 * @module
 */
import type { CommandArgument } from "../../server/api/context.ts";
import type { ModuleDefinition } from "../../server/api/module.ts";
import { type AnyType, CorruptValueError } from "../../server/api/type.ts";
import type { Heap } from "../../server/heap/heap.ts";
import { type Ref, UNIT_SHIFT } from "../../server/heap/layout.ts";
import type { Database } from "../../server/keyspace/database.ts";
import { digestEntry } from "../../server/keyspace/digest.ts";
import { dumpValue, loadValue, restoreValue } from "../../server/persistence/dump.ts";
import { ValueReader } from "../../server/persistence/value_codec.ts";
import { ReplyError } from "../../server/protocol/errors.ts";
import { Key } from "../../server/structures/key.ts";
import { SeededRandom } from "../fuzz/seeded_random.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { equalBytes } from "../support/bytes.ts";
import { InMemoryServer } from "../support/in_memory_server.ts";

/** A command line, and commands that do something to a key. */
type Line = readonly CommandArgument[];
type Lines = (key: string) => readonly Line[];

/** A value of the type. */
export interface Sample {
  readonly name: string;
  /** Commands that build it under a key that does not exist. */
  readonly build: Lines;
  /** As `OBJECT ENCODING` reports it. */
  readonly encoding: string;
  /** The same after it was saved and loaded, where that makes a difference. */
  readonly loadedEncoding?: string;
  /** Whether equal values may be saved in another order, as those in hash tables are. */
  readonly unordered?: boolean;
  /** Commands that change its digest. */
  readonly change: Lines;
}

/** A value that changes its encoding. */
export interface EncodingMove {
  /** Lines of `redis.conf`. */
  readonly config?: string;
  readonly build: Lines;
  readonly from: string;
  readonly change: Lines;
  readonly to: string;
}

/** A type and what it takes to test it. */
export interface DataTypeContract {
  readonly type: AnyType;
  /** The module of the type and whatever it needs; the commands of samples are theirs. */
  readonly modules: readonly ModuleDefinition[];
  readonly samples: readonly Sample[];
  readonly moves?: readonly EncodingMove[];
}

const SEED = 20;
/** Damaged payloads tried for each sample. */
const DAMAGED_MAX = 300;
const KEY = "sample";
const OTHER = "other";

/** Registers a test for each part of the contract. */
export function testDataType(contract: DataTypeContract): void {
  const { type, samples, moves = [] } = contract;
  const test = (part: string, check: (bench: Bench, sample: Sample) => void) => {
    Deno.test(`${type.name}: ${part}`, async (t) => {
      for (const sample of samples) {
        await t.step(sample.name, () => {
          using bench = new Bench(contract);
          bench.build(sample, KEY);
          check(bench, sample);
        });
      }
    });
  };
  test("has the type and the encoding that it should have", checkDescription);
  test("survives being saved and loaded", checkSaveAndLoad);
  test("refuses damaged bytes, and loses no memory over them", checkDamage);
  test("survives being rewritten as commands", checkRewrite);
  test("is independent of its copy", checkCopy);
  test("gives its memory back, exactly as much as it says", checkMemory);
  test("can be changed under a frozen view", checkFrozenView);
  for (const move of moves) {
    const condition = move.config === undefined ? "" : ` with ${move.config}`;
    Deno.test(`${type.name}: moves from ${move.from} to ${move.to}${condition}`, () => checkMove(contract, move));
  }
}

/** A server with values of one type. */
class Bench implements Disposable {
  readonly server: InMemoryServer;
  readonly type: AnyType;

  constructor({ type, modules }: DataTypeContract, config = "") {
    this.server = new InMemoryServer(modules, config);
    this.type = type;
  }

  get db(): Database {
    return this.server.session.db;
  }

  build({ build }: Pick<Sample, "build">, key: string): void {
    this.run(build(key));
  }

  run(lines: readonly Line[]): void {
    for (const line of lines) {
      const reply = this.server.call(...line);
      if (reply instanceof ReplyError) throw new Error(`${line.join(" ")}: ${reply.message}`);
    }
  }

  entryOf(key: string): Ref {
    const entry = this.db.peek(Key.of(key));
    assert(entry !== 0, `there is no key ${key}`);
    return entry;
  }

  digestOf(key: string): Uint8Array {
    return digestEntry(this.db, this.entryOf(key));
  }

  encodingOf(key: string): string {
    return this.db.encodingOf(this.entryOf(key));
  }

  payloadOf(key: string): Uint8Array {
    return dumpValue(this.db, this.entryOf(key), true);
  }

  [Symbol.dispose](): void {
    this.server[Symbol.dispose]();
  }
}

function checkDescription(bench: Bench, { encoding }: Sample): void {
  assertEquals(bench.db.typeOf(bench.entryOf(KEY)), bench.type);
  assertEquals(bench.server.reply(`TYPE ${KEY}`), `+${bench.type.name}`);
  assertEquals(bench.encodingOf(KEY), encoding);
}

function checkSaveAndLoad(bench: Bench, { encoding, loadedEncoding = encoding, unordered = false }: Sample): void {
  const payload = bench.payloadOf(KEY);
  restoreValue(bench.db, Key.of(OTHER), payload);
  assertEquals(bench.digestOf(OTHER), bench.digestOf(KEY));
  assertEquals(bench.encodingOf(OTHER), loadedEncoding);
  // In another encoding, a value may be saved in other bytes.
  if (!unordered && loadedEncoding === encoding) assertEquals(bench.payloadOf(OTHER), payload);
}

function checkDamage(bench: Bench, _sample: Sample): void {
  const { db, server } = bench;
  const payload = bench.payloadOf(KEY);
  const random = new SeededRandom(SEED);
  const end = payload.length - 10;
  const load = (bytes: Uint8Array) => {
    try {
      loadValue(db, Key.of(OTHER), new ValueReader(bytes));
    } catch (error) {
      if (!(error instanceof CorruptValueError)) throw error;
      assertEquals(db.peek(Key.of(OTHER)), 0, "nothing is left of a value that could not be loaded");
    }
    db.remove(Key.of(OTHER));
  };
  for (let i = 0; i < DAMAGED_MAX; i++) {
    load(payload.slice(0, random.integer(0, end - 1)));
    const flipped = payload.slice(0, end);
    flipped[random.integer(0, end - 1)] ^= 1 << random.integer(0, 7);
    load(flipped);
  }
  server.verifyHeap();
}

function checkRewrite(bench: Bench, { encoding, loadedEncoding = encoding }: Sample): void {
  const { type, db } = bench;
  const lines: Line[] = [];
  const key = new TextEncoder().encode(OTHER);
  type.rewriteAof?.(db.valueOf(bench.entryOf(KEY)) as never, key, { command: (...line) => void lines.push(line) });
  if (lines.length === 0) return;
  bench.run(lines);
  assertEquals(bench.digestOf(OTHER), bench.digestOf(KEY));
  assertEquals(bench.encodingOf(OTHER), loadedEncoding);
}

function checkCopy(bench: Bench, { encoding, change }: Sample): void {
  const digest = bench.digestOf(KEY);
  bench.run([["COPY", KEY, OTHER]]);
  assertEquals([bench.digestOf(OTHER), bench.encodingOf(OTHER)], [digest, encoding]);
  bench.run(change(OTHER));
  assertEquals(bench.digestOf(KEY), digest, "a change of the copy is no change of the original");
  const changed = bench.digestOf(OTHER);
  assert(!equalBytes(changed, digest), "the change changes the digest");
  bench.run([["DEL", KEY]]);
  assertEquals(bench.digestOf(OTHER), changed);
}

function checkMemory(bench: Bench, sample: Sample): void {
  const { db, server } = bench;
  const { heap, lazyFree, objects } = server.parts.keyspace;
  const others = objects.count;
  const used = heap.usedBytes;
  for (const way of [["DEL", OTHER], ["UNLINK", OTHER], ["RENAME", KEY, OTHER]]) {
    bench.build(sample, OTHER);
    const stated = db.memoryUsage(bench.entryOf(OTHER), 0);
    if (bench.type.storage !== "object") assertEquals(stated, heap.usedBytes - used, "MEMORY USAGE is exact");
    assert(stated > 0);
    bench.run([way]);
    lazyFree.drain();
    assertEquals([heap.usedBytes, objects.count], [used, others], `nothing is left after ${way[0]}`);
  }
}

/**
 * Each change is made under a view of its own. A view keeps whole units, so blocks beside each other would hide a write that
 * was not announced: what a change allocates is made to lie elsewhere.
 */
function checkFrozenView(bench: Bench, { change }: Sample): void {
  const { heap } = bench.server.parts.keyspace;
  for (const line of [...change(KEY), ["COPY", KEY, OTHER], ["RENAME", KEY, OTHER], ["DEL", OTHER]]) {
    const before = new Map<Ref, Uint8Array>();
    heap.forEachBlock((ref, bytes) => before.set(ref, new Uint8Array(bytes)));
    const fillers = fillUnits(heap);
    const view = heap.freeze();
    for (const [ref, bytes] of before) view.read(ref, 0, bytes);
    bench.run([line]);
    for (const [ref, bytes] of before) {
      const seen = new Uint8Array(bytes.length);
      view.read(ref, 0, seen);
      assertEquals(seen, bytes, `${line[0]} writes to a block without calling willWrite before`);
    }
    heap.release(view);
    fillers.forEach((ref) => heap.free(ref));
  }
}

/** Takes the room beside the blocks that there are; what it took. */
function fillUnits(heap: Heap): Ref[] {
  const units = new Set<number>();
  const sizes = new Set<number>();
  heap.forEachBlock((ref, bytes) => {
    units.add(ref >>> UNIT_SHIFT);
    sizes.add(bytes);
  });
  const fillers: Ref[] = [];
  for (const bytes of sizes) {
    do fillers.push(heap.allocate(bytes)); while (units.has(fillers.at(-1)! >>> UNIT_SHIFT));
  }
  return fillers;
}

function checkMove(contract: DataTypeContract, { config, build, from, change, to }: EncodingMove): void {
  using bench = new Bench(contract, config);
  bench.run(build(KEY));
  assertEquals(bench.encodingOf(KEY), from);
  bench.run(change(KEY));
  assertEquals(bench.encodingOf(KEY), to);
}
