/**
 * Assertions stop the process before it spoils data. They guard the boundaries of memory and disk and stay on in
 * production: each costs a comparison.
 *
 * @module
 */

/** A broken invariant of the server itself; never the client's fault. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

/** Throws an {@linkcode AssertionError} unless the condition holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Marks a branch that cannot be reached. */
export function unreachable(message: string): never {
  throw new AssertionError(message);
}
