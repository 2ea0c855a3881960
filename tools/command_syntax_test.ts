import { assertEquals } from "@std/assert";
import { argument } from "../server/api/argument.ts";
import type { ArgumentSpec } from "../server/api/command.ts";
import { commandSyntax } from "./command_syntax.ts";

Deno.test("command syntax: as redis.io writes it", () => {
  const cases: [args: ArgumentSpec[], expected: string][] = [
    [[], "X"],
    [[argument.key("key", 0), argument.string("value")], "X key value"],
    [[argument.key("key", 0, { multiple: true })], "X key [key ...]"],
    [[argument.string("section", { optional: true, multiple: true })], "X [section [section ...]]"],
    [[argument.integer("count", { token: "COUNT", optional: true })], "X [COUNT count]"],
    [[argument.token("nx", "NX", { optional: true })], "X [NX]"],
    [[argument.oneOf("where", [argument.token("l", "LEFT"), argument.token("r", "RIGHT")])], "X <LEFT | RIGHT>"],
    [
      [argument.oneOf("expiration", [
        argument.integer("seconds", { token: "EX" }),
        argument.token("keepttl", "KEEPTTL"),
      ], { optional: true })],
      "X [EX seconds | KEEPTTL]",
    ],
    [
      [argument.oneOf("sort", [argument.token("asc", "ASC"), argument.token("desc", "DESC")], {
        token: "BY",
        optional: true,
      })],
      "X [BY <ASC | DESC>]",
    ],
    [
      [argument.pattern("pattern", { token: "GET", optional: true, multiple: true, multipleToken: true })],
      "X [GET pattern [GET pattern ...]]",
    ],
    [
      [argument.block("key_value", [argument.key("key", 0), argument.string("value")], { multiple: true })],
      "X key value [key value ...]",
    ],
    [
      [argument.block("limit", [argument.integer("offset"), argument.integer("count")], {
        token: "LIMIT",
        optional: true,
      })],
      "X [LIMIT offset count]",
    ],
    [
      [argument.oneOf("key_or_empty", [argument.key("key", 0), argument.token("empty", "")])],
      'X <key | "">',
    ],
  ];
  for (const [args, expected] of cases) assertEquals(commandSyntax("X", args), expected);
});
