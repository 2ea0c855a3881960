import { assertEquals } from "@std/assert";
import { argument } from "../server/api/argument.ts";
import { keyNumber, keyRange, keysAfter, oneKey, unknownKeys } from "../server/api/keys.ts";
import { CommandTable } from "../server/commands/command_table.ts";
import { commandReference } from "./command_reference_text.ts";

const run = () => {};

Deno.test("command reference: groups in order, commands by name, sub-commands below theirs", () => {
  const table = new CommandTable();
  const about = { summary: "Does it", since: "1.0.0", arity: 2 };
  table.add({ ...about, name: "OBJECT", group: "generic", subcommands: [{ ...about, name: "FREQ", run }] });
  table.add({ ...about, name: "SET", group: "string", run });
  table.add({ ...about, name: "GET", group: "string", run });
  const lines = commandReference(table).split("\n");
  assertEquals(lines.filter((line) => line.startsWith("#")), [
    "# Commands",
    "## Strings",
    "### GET",
    "### SET",
    "## Keys of any type",
    "### OBJECT",
    "#### OBJECT FREQ",
  ]);
  assertEquals(lines.filter((line) => line.startsWith("- [")), [
    "- [Strings](#strings): [GET](#get), [SET](#set)",
    "- [Keys of any type](#keys-of-any-type): [OBJECT](#object)",
  ]);
  assertEquals(lines.filter((line) => line.startsWith("    ")), ["    GET", "    SET", "    OBJECT FREQ"]);
});

Deno.test("command reference: what a definition says", () => {
  const table = new CommandTable();
  table.add({
    name: "GETSET",
    summary: "Set the string value of a key",
    since: "1.0.0",
    group: "string",
    complexity: "O(1)",
    deprecated: { since: "6.2.0", replacedBy: "`SET`" },
    arity: 3,
    flags: ["write", "fast"],
    categories: ["string"],
    keys: [
      oneKey("RW", "access"),
      keyRange({ first: 1, last: -1, step: 2 }, "RO"),
      keyRange({ first: 1, last: 2 }, "RO"),
      keyNumber(2, "RO"),
      keysAfter("STREAMS", { startFrom: 1, last: -1, limit: 2 }, "RO"),
      keysAfter("STORE", { startFrom: 2 }, "OW"),
      unknownKeys("RM"),
    ],
    arguments: [argument.key("key", 0), argument.string("value")],
    history: [["2.0.0", "Changed."]],
    run,
  });
  const text = commandReference(table);
  assertEquals(
    text.slice(text.indexOf("### ")),
    `### GETSET

    GETSET key value

Set the string value of a key.

**Deprecated** since 6.2.0: use \`SET\`.

- Since 1.0.0.
- Complexity: O(1).
- Flags: \`write\`, \`fast\`, \`movablekeys\`.
- ACL categories: \`@write\`, \`@string\`, \`@fast\`.
- Keys: argument 1 (RW, access); argument 1 to -1, one in 2 (RO); argument 1 to 2 (RO); as many as argument 2 says, \
behind it (RO); after \`STREAMS\`, the first 1/2 of the rest (RO); after \`STORE\` (OW); depending on the options (RM).
- 2.0.0: Changed.
`,
  );
});
