/**
 * Which key events are published. The value is a set of bits, tested once per event; the bits are those of Redis's
 * module API (`REDISMODULE_NOTIFY_*`), so that a module's mask means the same here.
 * Source: https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/
 *
 * @module
 */
import { defineOption, oneLine, type Option, OptionError, type OptionKind } from "../option.ts";
import { quote } from "../quoting.ts";

/** Bits of the value of `notify-keyspace-events`. */
export const KeyEvents = {
  /** `K`: publish to `__keyspace@<db>__:<key>`. */
  keyspaceChannel: 1 << 0,
  /** `E`: publish to `__keyevent@<db>__:<event>`. */
  keyeventChannel: 1 << 1,
  /** `g`: commands of no type, such as `DEL`. */
  generic: 1 << 2,
  /** `$` */
  string: 1 << 3,
  /** `l` */
  list: 1 << 4,
  /** `s` */
  set: 1 << 5,
  /** `h` */
  hash: 1 << 6,
  /** `z` */
  zset: 1 << 7,
  /** `x` */
  expired: 1 << 8,
  /** `e` */
  evicted: 1 << 9,
  /** `t` */
  stream: 1 << 10,
  /** `m`: a key was looked for and not there. */
  keyMiss: 1 << 11,
  /** `d`: events of module types. */
  module: 1 << 13,
  /** `n`: a key was created. */
  newKey: 1 << 14,
} as const;

/** In the order in which they are printed; `A` stands for the whole list. */
const ALL_CLASSES: readonly (readonly [string, number])[] = [
  ["g", KeyEvents.generic],
  ["$", KeyEvents.string],
  ["l", KeyEvents.list],
  ["s", KeyEvents.set],
  ["h", KeyEvents.hash],
  ["z", KeyEvents.zset],
  ["x", KeyEvents.expired],
  ["e", KeyEvents.evicted],
  ["t", KeyEvents.stream],
  ["d", KeyEvents.module],
];
const OTHER_CLASSES: readonly (readonly [string, number])[] = [
  ["K", KeyEvents.keyspaceChannel],
  ["E", KeyEvents.keyeventChannel],
  ["m", KeyEvents.keyMiss],
];
const ALL_MASK = ALL_CLASSES.reduce((mask, [, bit]) => mask | bit, 0);
const MASKS: ReadonlyMap<string, number> = new Map([
  ...ALL_CLASSES,
  ...OTHER_CLASSES,
  ["n", KeyEvents.newKey],
  ["A", ALL_MASK],
]);

const kind: OptionKind<number, number> = {
  words: "one",
  initial: () => 0,
  read([word]) {
    let mask = 0;
    for (const letter of word) mask |= MASKS.get(letter) ?? refuse();
    return mask;
  },
  value: (exact) => exact,
  format: formatKeyEvents,
  lines: (exact) => oneLine(kind, exact, quote(kind.format(exact))),
};

/** `n` is only printed where `A` is not, a habit of Redis 7.0. */
function formatKeyEvents(mask: number): string {
  const named = (classes: typeof ALL_CLASSES) => classes.filter(([, bit]) => mask & bit).map(([name]) => name).join("");
  if ((mask & ALL_MASK) === ALL_MASK) return "A" + named(OTHER_CLASSES);
  return named(ALL_CLASSES) + (mask & KeyEvents.newKey ? "n" : "") + named(OTHER_CLASSES);
}

function refuse(): never {
  throw new OptionError("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
}

/** Which key events are published, as bits of {@linkcode KeyEvents}. */
export const notifyKeyspaceEvents: Option<number> = defineOption("notify-keyspace-events", kind, { live: true });
