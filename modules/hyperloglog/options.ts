/** Up to where HyperLogLogs are kept in their compact encoding. @module */
import { integerOption } from "../../server/api/mod.ts";

/** Bytes of a HyperLogLog in its sparse encoding. */
export const hllSparseMaxBytes = integerOption("hll-sparse-max-bytes", {
  initial: 3000,
  min: 0,
  form: "memory",
  live: true,
});
