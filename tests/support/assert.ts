/**
 * The assertions of the standard library with their types, imported in one place because the types are declared by
 * hand.
 *
 * @module
 */
// @ts-types="./std_assert.d.ts"
export {
  assert,
  assertEquals,
  AssertionError,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
