/**
 * The module API: all that a module, first-party or not, imports from the server.
 *
 * @module
 */
export * from "./argument.ts";
export * from "./client.ts";
export * from "./collection_scan.ts";
export * from "./command.ts";
export * from "./context.ts";
export * from "./database.ts";
export * from "./events.ts";
export * from "./expire.ts";
export * from "./help.ts";
export * from "./keys.ts";
export * from "./module.ts";
export * from "./timeout.ts";
export * from "./type.ts";
export * from "../protocol/errors.ts";
export { formatBytes } from "../base/byte_count.ts";
export { copyBytes } from "../base/copy.ts";
export { globMatch } from "../base/glob.ts";
export { BLOCK_BYTES, nativeBits, nativeCombines } from "../base/native_bits.ts";
export { allocateNative } from "../base/native_memory.ts";
export {
  addInt64,
  addInt64Wrapping,
  formatFloat64,
  type Int64,
  parseExactInteger,
  parseFloat64,
  spellInteger,
} from "../base/number.ts";
export * from "../base/long_double.ts";
export { type Named, NameTable } from "../base/name_table.ts";
export { beforeNul, decodeText, encodeText } from "../base/text.ts";
export { unixTimeMs } from "../base/unix_time.ts";
export { booleanOption } from "../config/boolean_option.ts";
export { enumOption, type EnumOptionSpec, flagsOption, type FlagsOptionSpec } from "../config/enum_option.ts";
export { integerOption, type IntegerOptionSpec } from "../config/integer_option.ts";
export { type Option, OptionError, type OptionTraits } from "../config/option.ts";
export { stringOption, type StringOptionSpec } from "../config/string_option.ts";
export { splitWords } from "../config/quoting.ts";
export { KeyEvents, notifyKeyspaceEvents } from "../config/options/key_events.ts";
export { busyReplyThreshold } from "../config/options/scripting.ts";
export { protoMaxBulkLen, trackingTableMaxKeys } from "../config/options/clients.ts";
export { activeExpireEffort, lazyfreeLazyExpire, lazyfreeLazyServerDel } from "../config/options/memory.ts";
export { readReply, ReplyStatus, type ReplyValue } from "../protocol/reply_value.ts";
export { Arguments } from "../protocol/arguments.ts";
export { ReplyWriter } from "../protocol/reply_writer.ts";
export { Key } from "../structures/key.ts";
export { KeyMap } from "../structures/key_map.ts";
export { ByteString } from "../structures/byte_string.ts";
export {
  BytesElement,
  elementBytes,
  type ElementView,
  INTEGER_TEXT_BYTES_MAX,
  integerSpelled,
  loadElement,
} from "../structures/element.ts";
export { FieldTable } from "../structures/field_table.ts";
export { HashTable } from "../structures/hash_table.ts";
export { Intset, isIntset } from "../structures/intset.ts";
export {
  isListpack,
  Listpack,
  LISTPACK_EMPTY_BYTES,
  listpackElementBytes,
  listpackIntegerBytes,
} from "../structures/listpack.ts";
export { MemberTable } from "../structures/member_table.ts";
export { compareBytes } from "../structures/scored_element.ts";
export { ScoredTable } from "../structures/scored_table.ts";
export { PLAIN_BYTES_MIN, Quicklist } from "../structures/quicklist.ts";
export { ziplistElements } from "../structures/ziplist.ts";
export type { Config } from "../config/config.ts";
export type { Random } from "../base/random.ts";
export type { Heap } from "../heap/heap.ts";
export type { Ref } from "../heap/layout.ts";
export type { BlockVisitor } from "../heap/verifier.ts";
export { Stream, StreamCursor, type TrimLimits } from "../structures/stream.ts";
export { ENTRIES_READ_UNKNOWN, StreamConsumer, StreamGroup, StreamGroups } from "../structures/stream_groups.ts";
export { ID_BYTES, ID_TEXT_BYTES_MAX, parseUnsigned, StreamId } from "../structures/stream_id.ts";
export { IdIndex } from "../structures/id_index.ts";
