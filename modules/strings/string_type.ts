/**
 * The string type: any bytes, up to `proto-max-bulk-len`. A value that spells a 64-bit integer is kept as one, which takes
 * eight bytes and is what makes counting cheap; clients can't tell, but for `OBJECT ENCODING`.
 *
 * @module
 */
import {
  type Arguments,
  type ByteString,
  type Database,
  defineType,
  type Int64,
  type Key,
  keyEvent,
  NO_DEADLINE,
  parseExactInteger,
  type ReplyWriter,
} from "../../server/api/mod.ts";

/** Longest text of a 64-bit integer. */
const INTEGER_BYTES_MAX = 20;

/** A key got a new value. */
export const setEvent = keyEvent("string", "set");

/** Strings. */
export const stringType = defineType({
  name: "string",
  storage: "bytes",
  encodings: ["int", "embstr", "raw"],
  shortBytesMax: 44,
  rdb: {
    opcodes: [0],
    save(value, output) {
      if (value.isInteger) output.integerString(value.exactInteger);
      else output.string(value.bytes, value.start, value.length);
    },
    load: (_opcode, input) => input.string(),
  },
  rewriteAof: (value, key, output) => output.command("SET", key, value.toBytes()),
  digest: (value, output) => output.ordered(value.toBytes()),
  digestNumber: 0,
});

/** Stores an argument as the value of a key: as an integer where it spells one. */
export function storeArgument(
  db: Database,
  key: Key,
  args: Arguments,
  i: number,
  deadlineMs: Int64 = NO_DEADLINE,
): void {
  const start = args.start(i);
  const size = args.size(i);
  if (size <= INTEGER_BYTES_MAX) {
    const integer = parseExactInteger(args.buffer, start, size);
    if (integer === integer) return db.setInteger(key, stringType, integer, deadlineMs);
  }
  db.setBytes(key, stringType, args.buffer, start, size, deadlineMs);
}

/** Replies a value, or null. */
export function replyValue(reply: ReplyWriter, value: ByteString | null): void {
  if (value === null) reply.null();
  else if (value.isInteger) reply.integerText(value.exactInteger);
  else reply.bulk(value.bytes, value.start, value.length);
}
