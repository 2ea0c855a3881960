import { assertEquals, assertThrows } from "@std/assert";
import { argument } from "../api/argument.ts";
import { defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import { keyAt, keyNumber, keysAfter, oneKey, unknownKeys } from "../api/keys.ts";
import { CommandTable } from "../commands/command_table.ts";
import { Arguments } from "../protocol/arguments.ts";
import { ReplyError } from "../protocol/errors.ts";
import { ReplyWriter } from "../protocol/reply_writer.ts";
import { commandOn } from "./command.ts";

const run = () => {};

/** Definitions as they are in Redis 7.0, so that the replies below are redis-server's own. */
const definitions = [
  defineCommand({
    name: "XREAD",
    summary: "…",
    since: "5.0.0",
    group: "stream",
    arity: -4,
    flags: ["readonly", "blocking"],
    categories: ["stream"],
    keys: [keysAfter("STREAMS", { startFrom: 1, last: -1, limit: 2 }, "RO", "access")],
    run,
  }),
  defineCommand({
    name: "SORT_RO",
    summary: "…",
    since: "7.0.0",
    group: "generic",
    arity: -2,
    flags: ["readonly"],
    categories: ["set", "sortedset", "list", "dangerous"],
    keys: [oneKey("RO", "access"), { ...unknownKeys("RO", "access"), notes: "For BY/GET" }],
    findKeys: (_, found) => found(1, ["RO", "access"]),
    run,
  }),
  defineCommand({
    name: "EVAL",
    summary: "…",
    since: "2.6.0",
    group: "scripting",
    arity: -3,
    flags: ["noscript", "stale", "skip_monitor", "may_replicate", "no_mandatory_keys"],
    categories: ["scripting"],
    keys: [keyNumber(2, "RW", "access", "update")],
    run,
  }),
  defineCommand({
    name: "SLAVEOF",
    summary: "Make the server a replica",
    since: "1.0.0",
    group: "server",
    complexity: "O(1)",
    deprecated: { since: "5.0.0", replacedBy: "`REPLICAOF`" },
    arity: 3,
    flags: ["admin", "noscript", "stale", "no_async_loading"],
    arguments: [
      argument.oneOf("args", [
        argument.block("host-port", [argument.string("host"), argument.integer("port")]),
        argument.token("no-one", "NO", { since: "1.0.0", optional: true }),
      ]),
    ],
    history: [["2.0.0", "Changed."]],
    run,
  }),
  defineCommand({
    name: "MEMORY",
    summary: "A container",
    since: "4.0.0",
    group: "server",
    arity: -2,
    subcommands: [{
      name: "USAGE",
      summary: "Estimate",
      since: "4.0.0",
      arity: -3,
      flags: ["readonly"],
      keys: [keyAt(2, "RO")],
      tips: ["nondeterministic_output"],
      arguments: [
        argument.key("key", 0),
        argument.integer("count", { token: "SAMPLES", deprecatedSince: "9.0.0", multiple: true, multipleToken: true }),
      ],
      run,
    }],
  }),
];

function tableOf(): CommandTable {
  const table = new CommandTable();
  for (const definition of definitions) table.add(definition);
  table.add(commandOn(table));
  return table;
}

/** The raw reply, line breaks shown as blanks. */
function ask(line: string, version = 2, table = tableOf()): string {
  const args = Arguments.of(line.split(" "));
  const reply = new ReplyWriter();
  reply.version = version;
  table.resolve(args)!.run!({ args, reply } as unknown as CommandContext);
  return new TextDecoder().decode(reply.buffer.subarray(0, reply.length)).replaceAll("\r\n", " ").trimEnd();
}

const xread2 = "*10 $5 xread :-4 *3 +readonly +blocking +movablekeys :0 :0 :0 *4 +@read +@stream +@slow +@blocking " +
  "*0 *1 *6 $5 flags *2 +RO +access $12 begin_search *4 $4 type $7 keyword $4 spec *4 $7 keyword $7 STREAMS $9 " +
  "startfrom :1 $9 find_keys *4 $4 type $5 range $4 spec *6 $7 lastkey :-1 $7 keystep :1 $5 limit :2 *0";
const xread3 = "*10 $5 xread :-4 ~3 +readonly +blocking +movablekeys :0 :0 :0 ~4 +@read +@stream +@slow +@blocking " +
  "~0 ~1 %3 $5 flags ~2 +RO +access $12 begin_search %2 $4 type $7 keyword $4 spec %2 $7 keyword $7 STREAMS $9 " +
  "startfrom :1 $9 find_keys %2 $4 type $5 range $4 spec %3 $7 lastkey :-1 $7 keystep :1 $5 limit :2 ~0";

Deno.test("COMMAND INFO: flags, legacy range, categories and key specs", () => {
  assertEquals(ask("command info xread"), `*1 ${xread2}`);
  assertEquals(ask("command info XREAD", 3), `*1 ${xread3}`);
});

Deno.test("COMMAND INFO: unknown and numbered key specs, notes first", () => {
  assertEquals(
    ask("command info sort_ro"),
    "*1 *10 $7 sort_ro :-2 *2 +readonly +movablekeys :1 :1 :1 *6 +@read +@set +@sortedset +@list +@slow +@dangerous " +
      "*0 *2 *6 $5 flags *2 +RO +access $12 begin_search *4 $4 type $5 index $4 spec *2 $5 index :1 $9 find_keys *4 " +
      "$4 type $5 range $4 spec *6 $7 lastkey :0 $7 keystep :1 $5 limit :0 *8 $5 notes $10 For BY/GET $5 flags *2 +RO " +
      "+access $12 begin_search *4 $4 type $7 unknown $4 spec *0 $9 find_keys *4 $4 type $7 unknown $4 spec *0 *0",
  );
  assertEquals(
    ask("command info eval", 3),
    "*1 *10 $4 eval :-3 ~5 +noscript +stale +skip_monitor +no_mandatory_keys +movablekeys :0 :0 :0 ~2 " +
      "+@slow +@scripting ~0 ~1 %3 $5 flags ~3 +RW +access +update $12 begin_search %2 $4 type $5 index $4 spec %1 $5 " +
      "index :2 $9 find_keys %2 $4 type $6 keynum $4 spec %3 $9 keynumidx :0 $8 firstkey :1 $7 keystep :1 ~0",
  );
});

Deno.test("COMMAND INFO: sub-commands within their container and by full name", () => {
  const usage =
    "*10 $12 memory|usage :-3 ~1 +readonly :2 :2 :1 ~2 +@read +@slow ~1 $23 nondeterministic_output ~1 %3 " +
    "$5 flags ~1 +RO $12 begin_search %2 $4 type $5 index $4 spec %1 $5 index :2 $9 find_keys %2 $4 type $5 range $4 " +
    "spec %3 $7 lastkey :0 $7 keystep :1 $5 limit :0 ~0";
  assertEquals(ask("command info memory", 3), `*1 *10 $6 memory :-2 ~0 :0 :0 :0 ~1 +@slow ~0 ~0 *1 ${usage}`);
  assertEquals(ask("command info Memory|Usage", 3), `*1 ${usage}`);
});

Deno.test("COMMAND INFO: a null for each unknown name, all commands for none", () => {
  assertEquals(ask("command info nope xread memory|x"), `*3 $-1 ${xread2} $-1`);
  assertEquals(ask("command info nope", 3), "*1 _");
  assertEquals(ask("command info").startsWith(`*6 ${xread2} `), true);
  assertEquals(ask("command"), ask("command info"));
});

Deno.test("COMMAND DOCS: everything that can be said of a command", () => {
  assertEquals(
    ask("command docs slaveof", 3),
    "%1 $7 slaveof %9 $7 summary $25 Make the server a replica $5 since $5 1.0.0 $5 group $6 server $10 complexity $4 " +
      "O(1) $9 doc_flags ~1 +deprecated $16 deprecated_since $5 5.0.0 $11 replaced_by $11 `REPLICAOF` $7 history ~1 *2 " +
      "$5 2.0.0 $8 Changed. $9 arguments *1 %3 $4 name $4 args $4 type $5 oneof $9 arguments *2 %3 $4 name $9 " +
      "host-port $4 type $5 block $9 arguments *2 %2 $4 name $4 host $4 type $6 string %2 $4 name $4 port $4 type $7 " +
      "integer %5 $4 name $6 no-one $4 type $10 pure-token $5 token $2 NO $5 since $5 1.0.0 $5 flags ~1 +optional",
  );
});

Deno.test("COMMAND DOCS: sub-commands have their container's group; unknown names are left out", () => {
  const usage =
    "$12 memory|usage *8 $7 summary $8 Estimate $5 since $5 4.0.0 $5 group $6 server $9 arguments *2 *6 $4 " +
    "name $3 key $4 type $3 key $14 key_spec_index :0 *10 $4 name $5 count $4 type $7 integer $5 token $7 SAMPLES $16 " +
    "deprecated_since $5 9.0.0 $5 flags *2 +multiple +multiple_token";
  const memory =
    `$6 memory *8 $7 summary $11 A container $5 since $5 4.0.0 $5 group $6 server $11 subcommands *2 ${usage}`;
  assertEquals(ask("command docs nope memory memory|usage"), `*4 ${memory} ${usage}`);
  assertEquals(ask("command docs nope"), "*0");
  assertEquals(ask("command docs", 3).startsWith("%6 $5 xread %"), true);
});

Deno.test("COMMAND DOCS: names the module of a module's command", () => {
  const table = tableOf();
  table.add({ name: "M.X", summary: "s", since: "1", group: "module", syscmd: true, arity: 1, run }, "mine");
  assertEquals(
    ask("command docs m.x", 2, table),
    "*2 $3 m.x *10 $7 summary $1 s $5 since $1 1 $5 group $6 module $6 module $4 mine $9 doc_flags *1 +syscmd",
  );
  assertEquals(ask("command list filterby module mine", 2, table), "*1 $3 m.x");
});

Deno.test("COMMAND COUNT and LIST", () => {
  assertEquals(ask("command count"), ":6");
  assertEquals(
    ask("command list").replaceAll(/ \$\d+/g, ""),
    "*14 xread sort_ro eval slaveof memory memory|usage command command|count command|docs command|getkeys " +
      "command|getkeysandflags command|help command|info command|list",
  );
  assertEquals(ask("command list FILTERBY pattern *|GETK*"), "*2 $15 command|getkeys $23 command|getkeysandflags");
  assertEquals(ask("command list filterby ACLCAT Stream"), "*1 $5 xread");
  for (const none of ["aclcat @stream", "aclcat nope", "aclcat toString", "module nope", "pattern nope"]) {
    assertEquals(ask(`command list filterby ${none}`), "*0", none);
  }
  for (const wrong of ["x", "filterby", "filterby module", "filterby nope a", "by module a", "filterby pattern a b"]) {
    assertThrows(() => ask(`command list ${wrong}`), ReplyError, "ERR syntax error");
  }
});

Deno.test("COMMAND GETKEYS: keys, with their flags where asked for", () => {
  assertEquals(ask("command getkeys xread streams a b 0 0"), "*2 $1 a $1 b");
  assertEquals(ask("command getkeysandflags eval x 1 a", 3), "*1 *2 $1 a ~3 +RW +access +update");
  assertEquals(ask("command getkeysandflags memory usage a"), "*1 *2 $1 a *1 +RO");
  assertEquals(ask("command getkeys sort_ro a by b"), "*1 $1 a");
  assertEquals(ask("command getkeys eval x 0"), "*0");
  assertEquals(ask("command getkeys eval x 2 a"), "*0");
});

Deno.test("COMMAND GETKEYS: what has no keys, by the reason", () => {
  const cases = [
    ["nope a", "ERR Invalid command specified"],
    ["memory nope", "ERR Invalid command specified"],
    ["slaveof a b", "ERR The command has no key arguments"],
    ["memory usage", "ERR Invalid number of arguments specified for command"],
    ["xread count 1 2", "ERR Invalid arguments specified for command"],
  ];
  for (const [line, error] of cases) assertThrows(() => ask(`command getkeys ${line}`), ReplyError, error);
});
