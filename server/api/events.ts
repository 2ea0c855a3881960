/**
 * Key events: what happened to a key, as keyspace notifications publish it.
 * Source: https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/
 *
 * @module
 */

/** The classes of events, by the letters of `notify-keyspace-events`. */
export const EVENT_CLASSES = {
  /** `g` */ generic: 1 << 2,
  /** `$` */ string: 1 << 3,
  /** `l` */ list: 1 << 4,
  /** `s` */ set: 1 << 5,
  /** `h` */ hash: 1 << 6,
  /** `z` */ sortedSet: 1 << 7,
  /** `x` */ expired: 1 << 8,
  /** `e` */ evicted: 1 << 9,
  /** `t` */ stream: 1 << 10,
  /** `m` */ miss: 1 << 11,
  /** `d` */ module: 1 << 13,
  /** `n` */ created: 1 << 14,
} as const;

/** A kind of event; declared once, compared by identity. */
export interface KeyEvent {
  /** One bit of {@linkcode EVENT_CLASSES}. */
  readonly class: number;
  /** As published: `set`, `expire`, `del`. */
  readonly name: string;
}

/** Declares a key event. */
export function keyEvent(eventClass: keyof typeof EVENT_CLASSES, name: string): KeyEvent {
  return { class: EVENT_CLASSES[eventClass], name };
}

// The events of more than one module.

/** A key was deleted by a command. */
export const delEvent: KeyEvent = keyEvent("generic", "del");
/** A key got a deadline. */
export const expireEvent: KeyEvent = keyEvent("generic", "expire");
/** A key lost its deadline. */
export const persistEvent: KeyEvent = keyEvent("generic", "persist");
