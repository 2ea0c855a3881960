/**
 * The list type: how lists are saved, loaded, copied and described.
 *
 * A list keeps the limits of its nodes that were configured when it was made. Both forms of a quicklist are one encoding to
 * clients.
 *
 * @module
 */
import {
  type Config,
  CorruptValueError,
  defineType,
  elementBytes,
  type Heap,
  integerOption,
  isListpack,
  keyEvent,
  Listpack,
  LISTPACK_EMPTY_BYTES,
  PLAIN_BYTES_MIN,
  Quicklist,
  type ValueInput,
  type ValueRoot,
  ziplistElements,
} from "../../server/api/mod.ts";

const LISTPACK_SIZE_INITIAL = -2;

/** Size of a list's listpacks: elements, or, from -1 to -5, a class of bytes from 4 KiB to 64 KiB. */
export const listMaxListpackSize = integerOption("list-max-listpack-size", {
  initial: LISTPACK_SIZE_INITIAL,
  min: -(2 ** 31),
  max: 2 ** 31 - 1,
  aliases: ["list-max-ziplist-size"],
  live: true,
});

/** Listpacks at each end of a list that are not compressed; 0: none is. Kept and shown, but no listpack ever is. */
export const listCompressDepth = integerOption("list-compress-depth", {
  initial: 0,
  min: 0,
  max: 2 ** 31 - 1,
  live: true,
});

/** Bytes from which an element gets a node of its own; set by `DEBUG QUICKLIST-PACKED-THRESHOLD`. */
export const quicklistPackedThreshold = integerOption("quicklist-packed-threshold", {
  initial: PLAIN_BYTES_MIN,
  min: 1,
  live: true,
  hidden: true,
});

// Opcodes of the RDB format.
const OPCODE_ELEMENTS = 1;
const OPCODE_ZIPLIST = 10;
const OPCODE_ZIPLISTS = 14;
const OPCODE_LISTPACKS = 18;

// How a node is saved.
const CONTAINER_PLAIN = 1;
const CONTAINER_PACKED = 2;

/** Elements in one command of a rewritten AOF. */
const ELEMENTS_PER_COMMAND = 64;

/** Elements were added or taken at the left, or at the right. */
export const lpushEvent = keyEvent("list", "lpush");
export const rpushEvent = keyEvent("list", "rpush");
export const lpopEvent = keyEvent("list", "lpop");
export const rpopEvent = keyEvent("list", "rpop");

/** A cache: the cursor that was opened last. */
const last: { list: Quicklist | null } = { list: null };

function cursorOn(heap: Heap, config: Config): Quicklist {
  if (last.list?.heap !== heap) last.list = new Quicklist(heap);
  last.list.plainBytesMin = config.get(quicklistPackedThreshold);
  return last.list;
}

/** Lists. */
export const listType = defineType<Quicklist>({
  name: "list",
  storage: "heap",
  encodings: ["quicklist", "quicklist"],
  open: (root) => cursorOn(root.heap, root.config).open(root),
  opensOne: true,
  create: (root) => create(root),
  free: (list) => list.release(),
  freeEffort: (list) => list.nodes,
  freePart: (list, nodesMax) => list.releasePart(nodesMax),
  copy: (list, target) => list.copy(target),
  visitBlocks: (list, visit) => list.visitBlocks(visit),
  memoryUsage: (list, samples) => list.memoryUsage(samples),
  describe(list) {
    const { nodes, count, limit, compressDepth, contentBytes } = list;
    return `ql_nodes:${nodes} ql_avg_node:${(count / nodes).toFixed(2)} ql_listpack_max:${limit} ` +
      `ql_compressed:${compressDepth === 0 ? 0 : 1} ql_uncompressed_size:${contentBytes}`;
  },
  digestNumber: 1,
  digest(list, output) {
    list.seekEnd(true);
    list.forEachHere(list.count, (element) => output.ordered(elementBytes(element)));
  },
  rewriteAof(list, key, output) {
    const words: Uint8Array[] = [];
    list.seekEnd(true);
    list.forEachHere(list.count, (element) => {
      words.push(elementBytes(element));
      if (words.length === ELEMENTS_PER_COMMAND) output.command("RPUSH", key, ...words.splice(0));
    });
    if (words.length > 0) output.command("RPUSH", key, ...words);
  },
  rdb: {
    opcodes: [OPCODE_LISTPACKS, OPCODE_ELEMENTS, OPCODE_ZIPLIST, OPCODE_ZIPLISTS],
    save(list, output) {
      output.length(list.nodes);
      list.forEachNode((isPlain, bytes, start, size) => {
        output.length(isPlain ? CONTAINER_PLAIN : CONTAINER_PACKED);
        output.string(bytes, start, size);
      });
    },
    load(opcode, input, target) {
      const list = create(target);
      if (opcode === OPCODE_ZIPLIST) appendZiplist(list, input.string());
      else for (let left = input.length(); left > 0; left--) readNode(list, opcode, input);
      if (list.count === 0) throw new CorruptValueError("a list has no element");
    },
  },
});

function create(root: ValueRoot): Quicklist {
  const { heap, config } = root;
  return cursorOn(heap, config).create(root, config.get(listMaxListpackSize), config.get(listCompressDepth));
}

/** Makes an empty list at a root with the limits that every server begins with, whatever is configured now. */
export function createUnconfiguredList(root: ValueRoot): Quicklist {
  return cursorOn(root.heap, root.config).create(root, LISTPACK_SIZE_INITIAL, 0);
}

/** Reads what the list consists of in this form: an element, a ziplist, a node. */
function readNode(list: Quicklist, opcode: number, input: ValueInput): void {
  if (opcode === OPCODE_ELEMENTS) {
    const element = input.string();
    return list.push(false, element, 0, element.length);
  }
  if (opcode === OPCODE_ZIPLISTS) return appendZiplist(list, input.string());
  const container = input.length();
  if (container !== CONTAINER_PLAIN && container !== CONTAINER_PACKED) throw new CorruptValueError("no node of a list");
  const bytes = input.string();
  if (container === CONTAINER_PACKED && !isListpack(bytes)) throw new CorruptValueError("no listpack");
  // An empty node is passed over.
  if (container === CONTAINER_PLAIN) list.appendNode(true, bytes);
  else if (bytes.length > LISTPACK_EMPTY_BYTES) list.appendNode(false, bytes);
}

/** Each ziplist becomes a node. */
function appendZiplist(list: Quicklist, bytes: Uint8Array): void {
  const elements = ziplistElements(bytes);
  if (elements === null) throw new CorruptValueError("no ziplist");
  if (elements.length === 0) return;
  const { heap } = list;
  const pack = new Listpack(heap).open(Listpack.create(heap));
  try {
    for (const element of elements) {
      if (element instanceof Uint8Array) pack.insert(0, element, 0, element.length);
      else pack.insertInteger(0, element);
    }
    list.appendNode(false, pack.bytes.slice(pack.base, pack.base + pack.totalBytes));
  } finally {
    heap.free(pack.ref);
  }
}
