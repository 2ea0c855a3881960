/**
 * Errors that cross the border to third-party modules. Such a module may bring a copy of the library along, whose classes
 * are others, so these errors are known by their name.
 *
 * @module
 */

/** An error that is an instance of each class of its name. */
export abstract class NamedError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === this.name;
  }
}
