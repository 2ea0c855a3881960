/** Up to where values are kept in their compact encodings. @module */
import { INT32_MAX, INT32_MIN } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";

/** Fields of a hash in a listpack. */
export const hashMaxListpackEntries = integerOption("hash-max-listpack-entries", {
  initial: 512,
  min: 0,
  aliases: ["hash-max-ziplist-entries"],
  live: true,
});

/** Bytes of a field or value in a listpack. */
export const hashMaxListpackValue = integerOption("hash-max-listpack-value", {
  initial: 64,
  min: 0,
  form: "memory",
  aliases: ["hash-max-ziplist-value"],
  live: true,
});

/** Size of a list's listpacks: elements, or, from -1 to -5, a class of bytes from 4 KiB to 64 KiB. */
export const listMaxListpackSize = integerOption("list-max-listpack-size", {
  initial: -2,
  min: INT32_MIN,
  max: INT32_MAX,
  aliases: ["list-max-ziplist-size"],
  live: true,
});

/** Listpacks at each end of a list that are not compressed; 0: none is. */
export const listCompressDepth = integerOption("list-compress-depth", {
  initial: 0,
  min: 0,
  max: INT32_MAX,
  live: true,
});

/** Members of a set in an intset. */
export const setMaxIntsetEntries = integerOption("set-max-intset-entries", { initial: 512, min: 0, live: true });

/** Members of a sorted set in a listpack. */
export const zsetMaxListpackEntries = integerOption("zset-max-listpack-entries", {
  initial: 128,
  min: 0,
  aliases: ["zset-max-ziplist-entries"],
  live: true,
});

/** Bytes of a member in a listpack. */
export const zsetMaxListpackValue = integerOption("zset-max-listpack-value", {
  initial: 64,
  min: 0,
  form: "memory",
  aliases: ["zset-max-ziplist-value"],
  live: true,
});

/** Bytes of a HyperLogLog in its sparse encoding. */
export const hllSparseMaxBytes = integerOption("hll-sparse-max-bytes", {
  initial: 3000,
  min: 0,
  form: "memory",
  live: true,
});

/** Bytes of a node of a stream; 0: no limit. */
export const streamNodeMaxBytes = integerOption("stream-node-max-bytes", {
  initial: 4096,
  min: 0,
  form: "memory",
  live: true,
});

/** Entries in a node of a stream; 0: no limit. */
export const streamNodeMaxEntries = integerOption("stream-node-max-entries", { initial: 100, min: 0, live: true });
