/** Up to where sets are kept in their compact encoding. @module */
import { integerOption } from "../../server/api/mod.ts";

/** Members of a set in an intset. */
export const setMaxIntsetEntries = integerOption("set-max-intset-entries", { initial: 512, min: 0, live: true });
