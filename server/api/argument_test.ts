import { assertEquals } from "@std/assert";
import { argument } from "./argument.ts";

Deno.test("argument: each builder names its type", () => {
  const types = [
    argument.key("a", 0),
    argument.string("a"),
    argument.integer("a"),
    argument.double("a"),
    argument.pattern("a"),
    argument.unixTime("a"),
    argument.token("a", "A"),
    argument.oneOf("a", []),
    argument.block("a", []),
  ].map(({ type }) => type);
  const expected = ["key", "string", "integer", "double", "pattern", "unix-time", "pure-token", "oneof", "block"];
  assertEquals<string[]>(types, expected);
});

Deno.test("argument: options stand beside what the builder sets", () => {
  assertEquals(argument.key("destination", 1, { token: "STORE", optional: true }), {
    name: "destination",
    type: "key",
    keySpecIndex: 1,
    token: "STORE",
    optional: true,
  });
  assertEquals(argument.oneOf("order", [argument.token("asc", "ASC")], { since: "1.0.0" }), {
    name: "order",
    type: "oneof",
    since: "1.0.0",
    arguments: [{ name: "asc", type: "pure-token", token: "ASC" }],
  });
});
