/**
 * The standard library's parser of command lines with its types, imported in one place because the types are declared by
 * hand.
 *
 * @module
 */
// @ts-types="./std_cli.d.ts"
export { parseArgs } from "@std/cli";
