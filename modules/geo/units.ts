/**
 * Units of length.
 *
 * @module
 */
import { type Arguments, ReplyError } from "../../server/api/mod.ts";

const UNKNOWN_UNIT = new ReplyError("ERR unsupported unit provided. please use M, KM, FT, MI");

/** How many metres the unit has that an argument names. */
export function metresPer(args: Arguments, i: number): number {
  if (args.is(i, "M")) return 1;
  if (args.is(i, "KM")) return 1000;
  if (args.is(i, "FT")) return 0.3048;
  if (args.is(i, "MI")) return 1609.34;
  throw UNKNOWN_UNIT;
}
