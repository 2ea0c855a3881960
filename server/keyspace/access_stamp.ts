/**
 * The 24-bit access stamp of an entry: under an LFU policy 16 bits of minutes and an 8-bit logarithmic counter, else the
 * time of the last access in seconds.
 * Source: https://redis.io/docs/latest/develop/reference/eviction/
 *
 * @module
 */
import type { Random } from "../base/random.ts";

const STAMP_MASK = 0xffffff;
const MINUTES_MASK = 0xffff;
const COUNTER_MAX = 255;
/** Counter of a new entry, so that it is not evicted before it could be asked for again. */
export const COUNTER_INITIAL = 5;

/** The LRU stamp of a moment. */
export function lruStamp(nowMs: number): number {
  return Math.floor(nowMs / 1000) & STAMP_MASK;
}

/** Seconds since the access, modulo the stamp's range of 194 days. */
export function idleSeconds(stamp: number, nowMs: number): number {
  return (lruStamp(nowMs) - stamp) & STAMP_MASK;
}

/** The LFU stamp of a moment with a counter. */
export function lfuStamp(nowMs: number, counter: number): number {
  return (minutes(nowMs) << 8) | counter;
}

/** The counter, less one for each `decayMinutes` since it was last touched (0: no decay). */
export function decayedCounter(stamp: number, nowMs: number, decayMinutes: number): number {
  const counter = stamp & COUNTER_MAX;
  if (decayMinutes === 0) return counter;
  const elapsed = (minutes(nowMs) - (stamp >>> 8)) & MINUTES_MASK;
  return Math.max(0, counter - Math.floor(elapsed / decayMinutes));
}

/** The stamp after one more access: the higher the counter, the less likely it grows. */
export function lfuTouched(
  stamp: number,
  nowMs: number,
  decayMinutes: number,
  logFactor: number,
  random: Random,
): number {
  let counter = decayedCounter(stamp, nowMs, decayMinutes);
  if (counter < COUNTER_MAX) {
    const above = Math.max(0, counter - COUNTER_INITIAL);
    if (random.fraction() < 1 / (above * logFactor + 1)) counter++;
  }
  return lfuStamp(nowMs, counter);
}

function minutes(nowMs: number): number {
  return Math.floor(nowMs / 60000) & MINUTES_MASK;
}
