/**
 * The module API: all that a module, first-party or not, imports from the server.
 *
 * @module
 */
export * from "./argument.ts";
export * from "./client.ts";
export * from "./command.ts";
export * from "./context.ts";
export * from "./database.ts";
export * from "./events.ts";
export * from "./expire.ts";
export * from "./help.ts";
export * from "./keys.ts";
export * from "./module.ts";
export * from "./type.ts";
export * from "../protocol/errors.ts";
export { addInt64, type Int64, parseExactInteger } from "../base/number.ts";
export * from "../base/long_double.ts";
export { decodeText, encodeText } from "../base/text.ts";
export { unixTimeMs } from "../base/unix_time.ts";
export { booleanOption } from "../config/boolean_option.ts";
export { enumOption, type EnumOptionSpec, flagsOption, type FlagsOptionSpec } from "../config/enum_option.ts";
export { integerOption, type IntegerOptionSpec } from "../config/integer_option.ts";
export { type Option, OptionError, type OptionTraits } from "../config/option.ts";
export { stringOption, type StringOptionSpec } from "../config/string_option.ts";
export { protoMaxBulkLen } from "../config/options/clients.ts";
export { activeExpireEffort, lazyfreeLazyExpire } from "../config/options/memory.ts";
export { readReply, ReplyStatus, type ReplyValue } from "../protocol/reply_value.ts";
export { Arguments } from "../protocol/arguments.ts";
export { ReplyWriter } from "../protocol/reply_writer.ts";
export { Key } from "../structures/key.ts";
export { ByteString } from "../structures/byte_string.ts";
export { elementBytes, type ElementView } from "../structures/element.ts";
export { HashTable } from "../structures/hash_table.ts";
export { isListpack, Listpack, listpackElementBytes } from "../structures/listpack.ts";
export type { Config } from "../config/config.ts";
export type { Random } from "../base/random.ts";
export type { Heap } from "../heap/heap.ts";
export type { Ref } from "../heap/layout.ts";
export type { BlockVisitor } from "../heap/verifier.ts";
