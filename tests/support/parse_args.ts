/**
 * Command lines of the tests' and benchmarks' own programs, read by the standard library's parser. An option that a program
 * does not know ends it with its usage, as `--help` does: a mistyped one must not start half an hour of something else.
 *
 * @module
 */
// @ts-types="./std_cli.d.ts"
import { parseArgs } from "@std/cli";

/** The options of `Deno.args` by name, those without a value as booleans. Prints `usage` and exits on any other. */
export function programOptions<S extends string, B extends string = never>(
  usage: string,
  options: { string: readonly S[]; boolean?: readonly B[] },
): { [name in S]: string | undefined } & { [name in B]: boolean } {
  const unknown = (option: string) => {
    console.error(`${option === "--help" ? "" : `unknown: ${option}\n`}Usage: ${usage}`);
    Deno.exit(option === "--help" ? 0 : 1);
  };
  return parseArgs(Deno.args, { ...options, unknown });
}
