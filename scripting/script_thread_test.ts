/**
 * Scripts in slices: what they cause belongs together however many turns they take, and nothing comes in between.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { InMemoryServer } from "../tests/support/in_memory_server.ts";
import { WaitingClient } from "../tests/support/waiting_client.ts";
import lists from "../modules/lists/mod.ts";
import strings from "../modules/strings/mod.ts";
import transactions from "../modules/transactions/mod.ts";
import scripting from "./mod.ts";

const modules = [strings, lists, transactions, scripting];
/** Takes longer than a slice. */
const LOOP = "for i=1,1e6 do end";

/** A server whose next turns are taken by hand, and how many there were. */
function start(): { server: InMemoryServer; client: WaitingClient; turn: () => boolean } {
  const server = new InMemoryServer(modules);
  const turns: (() => void)[] = [];
  server.parts.dispatcher.nextTurn = (action) => void turns.push(action);
  const turn = () => {
    const action = turns.shift();
    action?.();
    return action !== undefined;
  };
  return { server, client: new WaitingClient(server, 2), turn };
}

Deno.test("slices: effects of all are sent on together", () => {
  const { server, client, turn } = start();
  using _ = server;
  let turns = 0;
  const { propagated, dirty } = server.effectsOf(() => {
    client.request(
      "EVAL",
      `redis.call('SET','a',1) ${LOOP} redis.call('INCR','a') ${LOOP} return redis.call('INCR','a')`,
      0,
    );
    while (turn()) turns++;
  });
  assert(turns > 1, `${turns} turns`);
  assertEquals(propagated, ["MULTI", "SET a 1", "INCR a", "INCR a", "EXEC"]);
  assertEquals(dirty, 3);
  assertEquals(client.received, ":3");
});

Deno.test("slices: so are those of a transaction around them, in which everything is counted once", () => {
  const { server, client, turn } = start();
  using _ = server;
  for (const line of ["MULTI", "SET a 1", `EVAL SCRIPT 0`, "INCR a"]) {
    client.request(
      ...line.split(" ").map((word) => word === "SCRIPT" ? `${LOOP} return redis.call('INCR','a')` : word),
    );
  }
  client.received;
  const { propagated } = server.effectsOf(() => {
    client.request("EXEC");
    while (turn());
  });
  assertEquals(propagated, ["MULTI", "SET a 1", "INCR a", "INCR a", "EXEC"]);
  assertEquals(client.received, "*3 +OK :2 :3");
  const calls = ["set", "eval", "incr", "exec"].map((name) => server.parts.table.get(name)!.calls);
  assertEquals(calls, [1, 1, 2, 1]);
});

Deno.test("slices: who waits for a key is served at the end, and the server's own commands wait, too", () => {
  const { server, client, turn } = start();
  using _ = server;
  const waiting = new WaitingClient(server, 3);
  waiting.request("BLPOP", "l", "0");
  let own = "waits";
  client.request("EVAL", `redis.call('RPUSH','l','a') ${LOOP} redis.call('LPOP','l') redis.call('RPUSH','l','b')`, 0);
  assertEquals(waiting.received, "");
  assert(server.parts.host.call("SET", "a", 1) instanceof Error, "the server's own commands are refused");
  server.parts.dispatcher.whenFree(() =>
    own = server.parts.host.call("SET", "a", 1) instanceof Error ? "refused" : "done"
  );
  assertEquals(own, "waits");
  while (turn());
  assertEquals(waiting.received, "*2 $1 l $1 b");
  assertEquals(own, "done");
  assertEquals(server.parts.dispatcher.suspended, null);
});

Deno.test("slices: a script fails in a later turn as it would in the first", () => {
  const { server, client, turn } = start();
  using _ = server;
  client.request("EVAL", `${LOOP}\nredis.call('INCRBY','a','x')`, 0);
  while (turn());
  const message = client.received;
  assert(
    /^-ERR value is not an integer or out of range script: [0-9a-f]{40}, on @user_script:2\.$/.test(message),
    message,
  );
  assertEquals(server.parts.table.get("eval")!.failedCalls, 1);
  client.request("EVAL", "return 1", 0);
  assertEquals(client.received, ":1");
});

Deno.test("slices: of a client that wants no replies nothing is heard", () => {
  const { server, client, turn } = start();
  using _ = server;
  client.request("CLIENT", "REPLY", "SKIP");
  client.request("EVAL", `${LOOP} return 1`, 0);
  while (turn());
  assertEquals(client.received, "");
  client.request("EVAL", "return 2", 0);
  assertEquals(client.received, ":2");
});
