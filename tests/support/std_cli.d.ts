/**
 * Declaration of the parser of command lines as the tests and benchmarks use it: `deno-std` on npm ships the official
 * library's code without its types.
 *
 * @module
 */

/** Reads `--name value` and `--flag`; what is no option is in `_`. `unknown` is called with each option not named here. */
export function parseArgs<
  S extends string,
  B extends string = never,
  D extends Partial<Record<S, string>> = Record<never, string>,
>(
  args: readonly string[],
  options: { string: readonly S[]; boolean?: readonly B[]; default?: D; unknown?: (option: string) => void },
):
  & { [name in S]: name extends keyof D ? string : string | undefined }
  & { [name in B]: boolean }
  & { _: (string | number)[] };
