/**
 * Declarations of the assertions that the tests use: `deno-std` on npm ships the official library's code without its
 * types.
 *
 * @module
 */

/** Thrown by each assertion that does not hold. */
export class AssertionError extends Error {}

/** Holds when `condition` is truthy. */
export function assert(condition: unknown, message?: string): asserts condition;

/** Holds when both are deeply equal; the error shows a diff. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void;

/** Holds when `text` matches `pattern`. */
export function assertMatch(text: string, pattern: RegExp, message?: string): void;

/** Holds when `text` contains `part`. */
export function assertStringIncludes(text: string, part: string, message?: string): void;

/** Holds when `act` throws, an error of `type` with `part` in its message where they are given. */
export function assertThrows<E extends Error = Error>(
  act: () => unknown,
  // deno-lint-ignore no-explicit-any -- any constructor of an error, whatever its parameters
  type?: new (...args: any[]) => E,
  part?: string,
): E;

/** Like {@link assertThrows}, for a promise. */
export function assertRejects<E extends Error = Error>(
  act: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any -- any constructor of an error, whatever its parameters
  type?: new (...args: any[]) => E,
  part?: string,
): Promise<E>;
