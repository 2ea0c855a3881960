/**
 * Degrees and distances as replies.
 *
 * @module
 */
import type { ReplyWriter } from "../../server/api/mod.ts";
import type { Place } from "./geohash.ts";

const COORDINATE_DECIMALS = 17;
const DISTANCE_DECIMALS = 4;

/** Longitude and latitude, with as many digits as they have up to 17 decimals; doubles in RESP3. */
export function replyCoordinates(reply: ReplyWriter, { longitude, latitude }: Place): void {
  reply.array(2);
  reply.doubleText(trimmed(longitude));
  reply.doubleText(trimmed(latitude));
}

/** A distance in the unit that was asked for: text with four decimals, in RESP3 too. */
export function replyDistance(reply: ReplyWriter, distance: number): void {
  reply.text(distance.toFixed(DISTANCE_DECIMALS));
}

function trimmed(degrees: number): string {
  return degrees.toFixed(COORDINATE_DECIMALS).replace(/\.?0+$/, "");
}
