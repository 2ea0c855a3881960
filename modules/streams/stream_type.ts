/**
 * The stream type, and how streams are saved: nodes as they are, then what the stream and its groups know.
 * Source: https://rdb.fnordig.de/file_format.html
 *
 * @module
 */
import {
  CorruptValueError,
  defineType,
  type DigestOutput,
  elementBytes,
  encodeText,
  ENTRIES_READ_UNKNOWN,
  ID_BYTES,
  type Int64,
  integerOption,
  isListpack,
  type RewriteOutput,
  Stream,
  StreamCursor,
  type StreamGroup,
  StreamId,
  type ValueInput,
  type ValueOutput,
  type ValueRoot,
} from "../../server/api/mod.ts";

/** Bytes of a node; 0: no limit. */
export const streamNodeMaxBytes = integerOption("stream-node-max-bytes", {
  initial: 4096,
  min: 0,
  form: "memory",
  live: true,
});

/** Entries of a node; 0: no limit. */
export const streamNodeMaxEntries = integerOption("stream-node-max-entries", { initial: 100, min: 0, live: true });

const UINT64 = 64;
const OPCODE_5 = 15;
const OPCODE_7 = 19;
const OPCODE_7_2 = 21;
const FIRST_ID = new StreamId();
const LAST_ID = StreamId.max();

/** Streams. */
export const streamType = defineType<Stream>({
  name: "stream",
  storage: "heap",
  encodings: ["stream"],
  open: ({ heap, root }: ValueRoot) => Stream.open(heap, root),
  create(root) {
    root.root = Stream.create(root.heap);
    return new Stream(root.heap, root.root);
  },
  free: (stream) => void stream.freePart(Infinity),
  freePart: (stream, elementsMax) => stream.freePart(elementsMax),
  freeEffort: (stream) => stream.length + pendingCount(stream),
  copy: (stream, target) => stream.copyTo((root) => target.root = root),
  visitBlocks: (stream, visit) => stream.visitBlocks(visit),
  memoryUsage(stream) {
    let bytes = 0;
    stream.visitBlocks((ref) => bytes += stream.heap.blockBytes(ref));
    return bytes;
  },
  digest: digestStream,
  digestNumber: 6,
  rewriteAof: rewriteStream,
  rdb: {
    opcodes: [OPCODE_7, OPCODE_5, OPCODE_7_2],
    save: saveStream,
    load(opcode, input, target) {
      target.root = Stream.create(target.heap);
      loadStream(opcode, input, new Stream(target.heap, target.root));
    },
  },
});

function pendingCount(stream: Stream): number {
  if (!stream.hasGroups) return 0;
  const { groups } = stream;
  let count = 0;
  for (let i = 0; i < groups.count; i++) count += groups.at(i).pending.count;
  return count;
}

function digestStream(stream: Stream, output: DigestOutput): void {
  const cursor = new StreamCursor(stream).range(FIRST_ID, LAST_ID, false);
  while (cursor.next()) {
    output.ordered(encodeText(String(cursor.id).replace("-", ".")));
    for (let left = 2 * cursor.fields; left > 0; left--) output.ordered(elementBytes(cursor.string()));
  }
}

function saveStream(stream: Stream, output: ValueOutput): void {
  output.length(stream.nodeCount);
  stream.forEachNode((master, pack) => {
    output.string(master.toBytes());
    output.string(pack.bytes, pack.base, pack.totalBytes);
  });
  const id = new StreamId();
  output.length(stream.length);
  saveId(stream.readLastId(id), output);
  saveId(stream.readFirstId(id), output);
  saveId(stream.readMaxDeletedId(id), output);
  output.length(unsigned(stream.entriesAdded));
  const { groups } = stream;
  output.length(groups.count);
  for (let i = 0; i < groups.count; i++) saveGroup(groups.at(i), output);
}

function saveGroup(group: StreamGroup, output: ValueOutput): void {
  const id = new StreamId();
  output.string(group.name);
  saveId(group.readLastId(id), output);
  output.length(unsigned(group.entriesRead));
  const { pending } = group;
  output.length(pending.count);
  for (let here = pending.first(); here; here = pending.next()) {
    output.raw(pending.readId(id).toBytes());
    output.raw(time(group.deliveredMsOf(pending.value)));
    output.length(unsigned(group.deliveriesOf(pending.value)));
  }
  output.length(group.consumerCount);
  for (let i = 0; i < group.consumerCount; i++) {
    const consumer = group.consumerAt(i);
    output.string(consumer.name);
    output.raw(time(consumer.seenMs));
    const { pending } = consumer;
    output.length(pending.count);
    for (let here = pending.first(); here; here = pending.next()) output.raw(pending.readId(id).toBytes());
  }
}

function loadStream(opcode: number, input: ValueInput, stream: Stream): void {
  for (let left = input.length(); left > 0; left--) {
    const master = input.string();
    const node = input.string();
    if (master.length !== ID_BYTES || !isListpack(node)) throw new CorruptValueError("a stream with a damaged node");
    if (!stream.addSavedNode(new StreamId().loadBytes(master), node)) {
      throw new CorruptValueError("a stream with a damaged node");
    }
  }
  if (input.length() !== stream.length) throw new CorruptValueError("a stream of another length than it states");
  stream.setLastId(loadId(input));
  if (opcode === OPCODE_5) stream.entriesAdded = stream.length;
  else {
    loadId(input);
    stream.setMaxDeletedId(loadId(input));
    stream.entriesAdded = signed(input.exactLength());
  }
  for (let left = input.length(); left > 0; left--) loadGroup(opcode, input, stream);
}

function loadGroup(opcode: number, input: ValueInput, stream: Stream): void {
  const name = input.string();
  const lastId = loadId(input);
  const entriesRead = opcode === OPCODE_5 ? ENTRIES_READ_UNKNOWN : signed(input.exactLength());
  const { groups } = stream;
  if (groups.find(name) !== null) throw new CorruptValueError("a stream with two groups of one name");
  const group = groups.create(name, lastId, entriesRead);
  // Who has what is told after what there is.
  const deliveries = new Map<string, { deliveredMs: Int64; deliveries: Int64 }>();
  for (let left = input.length(); left > 0; left--) {
    const id = new StreamId().loadBytes(input.raw(ID_BYTES));
    const deliveredMs = loadTime(input);
    deliveries.set(`${id}`, { deliveredMs, deliveries: signed(input.exactLength()) });
  }
  for (let left = input.length(); left > 0; left--) {
    const consumerName = input.string();
    if (group.findConsumer(consumerName) !== null) {
      throw new CorruptValueError("a group with two consumers of one name");
    }
    const consumer = group.createConsumer(consumerName, Number(loadTime(input)));
    if (opcode === OPCODE_7_2) loadTime(input);
    for (let entries = input.length(); entries > 0; entries--) {
      const id = new StreamId().loadBytes(input.raw(ID_BYTES));
      const delivery = deliveries.get(`${id}`);
      if (delivery === undefined) throw new CorruptValueError("a consumer waits for an entry that its group does not");
      deliveries.delete(`${id}`);
      group.addPending(id, consumer, delivery.deliveredMs, delivery.deliveries);
    }
  }
  if (deliveries.size > 0) throw new CorruptValueError("a pending entry without consumer");
}

function rewriteStream(stream: Stream, key: Uint8Array, output: RewriteOutput): void {
  const id = new StreamId();
  const cursor = new StreamCursor(stream).range(FIRST_ID, LAST_ID, false);
  while (cursor.next()) {
    const strings: Uint8Array[] = [];
    for (let left = 2 * cursor.fields; left > 0; left--) strings.push(elementBytes(cursor.string()));
    output.command("XADD", key, `${cursor.id}`, ...strings);
  }
  // An empty stream is made by adding what is trimmed at once.
  if (stream.length === 0) output.command("XADD", key, "MAXLEN", 0, emptyStreamId(stream), "x", "y");
  const deleted = `${stream.readMaxDeletedId(new StreamId())}`;
  const lastId = `${stream.readLastId(id)}`;
  output.command("XSETID", key, lastId, "ENTRIESADDED", stream.entriesAdded, "MAXDELETEDID", deleted);
  if (!stream.hasGroups) return;
  const { groups } = stream;
  for (let i = 0; i < groups.count; i++) rewriteGroup(groups.at(i), key, output);
}

function emptyStreamId(stream: Stream): string {
  const id = stream.readLastId(new StreamId());
  return id.isZero ? "0-1" : `${id}`;
}

function rewriteGroup(group: StreamGroup, key: Uint8Array, output: RewriteOutput): void {
  const id = new StreamId();
  const name = group.name.slice();
  output.command(
    "XGROUP",
    "CREATE",
    key,
    name,
    `${group.readLastId(id)}`,
    "MKSTREAM",
    "ENTRIESREAD",
    group.entriesRead,
  );
  for (let i = 0; i < group.consumerCount; i++) {
    const consumer = group.consumerAt(i);
    const consumerName = consumer.name.slice();
    const { pending } = consumer;
    if (pending.count === 0) output.command("XGROUP", "CREATECONSUMER", key, name, consumerName);
    for (let here = pending.first(); here; here = pending.next()) {
      const delivery = ["TIME", group.deliveredMsOf(pending.value), "RETRYCOUNT", group.deliveriesOf(pending.value)];
      output.command("XCLAIM", key, name, consumerName, 0, `${pending.readId(id)}`, ...delivery, "JUSTID", "FORCE");
    }
  }
}

function saveId(id: StreamId, output: ValueOutput): void {
  output.length(wide(id.msHigh, id.msLow));
  output.length(wide(id.seqHigh, id.seqLow));
}

function loadId(input: ValueInput): StreamId {
  const ms = BigInt(input.exactLength());
  const seq = BigInt(input.exactLength());
  const low = (value: bigint) => Number(value & 0xffffffffn);
  return new StreamId().setMs(Number(ms >> 32n), low(ms)).setSeq(Number(seq >> 32n), low(seq));
}

function wide(high: number, low: number): Int64 {
  return high < 0x200000 ? high * 4294967296 + low : (BigInt(high) << 32n) | BigInt(low);
}

/** A signed integer in the place of an unsigned one. */
function unsigned(value: Int64): Int64 {
  return value < 0 ? BigInt.asUintN(UINT64, BigInt(value)) : value;
}

function signed(value: Int64): Int64 {
  return typeof value === "bigint" ? toInt64(BigInt.asIntN(UINT64, value)) : value;
}

function toInt64(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function time(ms: Int64): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(ms), true);
  return bytes;
}

function loadTime(input: ValueInput): Int64 {
  const bytes = new Uint8Array(input.raw(8));
  return toInt64(new DataView(bytes.buffer).getBigInt64(0, true));
}
