/**
 * Why the system refused a file, in the words of C's `strerror`, which Redis passes on and scripts look for.
 *
 * @module
 */

const REASONS: readonly (readonly [new (message?: string) => Error, string])[] = [
  [Deno.errors.NotFound, "No such file or directory"],
  [Deno.errors.PermissionDenied, "Permission denied"],
  [Deno.errors.NotCapable, "Permission denied"],
  [Deno.errors.NotADirectory, "Not a directory"],
  [Deno.errors.IsADirectory, "Is a directory"],
  [Deno.errors.FilesystemLoop, "Too many levels of symbolic links"],
  [Deno.errors.AlreadyExists, "File exists"],
];

/** The words for an error that a file operation threw; the error's own message where there are none. */
export function systemReason(error: unknown): string {
  const known = REASONS.find(([type]) => error instanceof type);
  if (known) return known[1];
  // Deno: "Is a directory (os error 21)", and the operation behind it.
  return error instanceof Error ? error.message.replace(/ \(os error .*/s, "") : String(error);
}
