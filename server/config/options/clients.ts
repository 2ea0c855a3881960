/** What clients may use. @module */
import { UINT32_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";

export { clientOutputBufferLimit } from "./output_buffer_limits.ts";

const MIB = 1024 ** 2;

/** Clients at the same time. */
export const maxclients = integerOption("maxclients", { initial: 10000, min: 1, max: UINT32_MAX, live: true });

/** Bytes of a request that has not arrived in full. */
export const clientQueryBufferLimit = integerOption("client-query-buffer-limit", {
  initial: 1024 * MIB,
  min: MIB,
  form: "memory",
  live: true,
});

/** Bytes that all clients together may use, or, where negative, that many percent of `maxmemory`; 0: no limit. */
export const maxmemoryClients = integerOption("maxmemory-clients", {
  initial: 0,
  min: 0,
  form: "memory-or-percent",
  live: true,
});

/** Bytes of one argument. */
export const protoMaxBulkLen = integerOption("proto-max-bulk-len", {
  initial: 512 * MIB,
  min: MIB,
  form: "memory",
  live: true,
});

/** Keys that client-side caching keeps track of; 0: no limit. */
export const trackingTableMaxKeys = integerOption("tracking-table-max-keys", { initial: 1000000, min: 0, live: true });
