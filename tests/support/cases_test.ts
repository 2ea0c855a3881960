/**
 * Reading of the language of oracle cases.
 *
 * @module
 */
import { assertEquals, assertThrows } from "./assert.ts";
import { area } from "./cases.ts";

Deno.test("cases: titles, doors and kinds of lines", () => {
  const { cases } = area(
    "sample",
    `
    # a comment
    == plain
    SET k v
    @2 ~near:5 PTTL k
    DUMP k => payload
    HELLO 3 => id 7
    @b & PING
    @b <
    @b <none>
    @b <eof>
    > "x\\r\\n"
    %until "a b" INFO
    == only RESP3 {3}
    PING
    `,
  );
  assertEquals(cases.map(({ title, doors }) => [title, doors.join()]), [["plain", "2,3"], ["only RESP3", "3"]]);
  assertEquals(
    cases[0].steps.map(({ kind, connection, mode, words, capture }) => [
      kind,
      connection,
      mode.name,
      words.length,
      capture?.name,
      capture?.element,
    ]),
    [
      ["command", "1", "exact", 3, undefined, undefined],
      ["command", "2", "near", 2, undefined, undefined],
      ["command", "1", "exact", 2, "payload", undefined],
      ["command", "1", "exact", 2, "id", 7],
      ["send", "b", "exact", 1, undefined, undefined],
      ["read", "b", "exact", 0, undefined, undefined],
      ["none", "b", "exact", 0, undefined, undefined],
      ["eof", "b", "exact", 0, undefined, undefined],
      ["raw", "1", "exact", 1, undefined, undefined],
      ["until", "1", "exact", 2, undefined, undefined],
    ],
  );
});

Deno.test("cases: mistakes are refused", () => {
  assertThrows(() => area("a", "PING"), Error, "before the first title");
  assertThrows(() => area("a", "== x\n== x"), Error, "two cases");
  assertThrows(() => area("a", "== x\n~wrong PING"), Error, "unknown mode");
});
