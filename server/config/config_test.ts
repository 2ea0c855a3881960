import { assertEquals, assertThrows } from "@std/assert";
import { booleanOption } from "./boolean_option.ts";
import { Config, ConfigSetError } from "./config.ts";
import { integerOption } from "./integer_option.ts";
import { OptionError } from "./option.ts";
import { allOptions } from "./testdata/all_options.ts";
import { maxmemoryClients } from "./options/clients.ts";
import { clientOutputBufferLimit } from "./options/output_buffer_limits.ts";
import { dir } from "./options/directory.ts";
import { maxmemory } from "./options/memory.ts";
import { notifyKeyspaceEvents } from "./options/monitoring.ts";
import { KeyEvents } from "./options/key_events.ts";
import { hz } from "./options/general.ts";
import { timeout } from "./options/network.ts";
import { replicaof } from "./options/replica_of.ts";
import { replBacklogSize } from "./options/replication.ts";
import { save } from "./options/save_points.ts";
import { shutdownOnSigint } from "./options/shutdown.ts";
import { tlsCertFile } from "./options/tls.ts";
import { texts } from "./testdata/cases.ts";
import recorded from "./testdata/commands.json" with { type: "json" };
import values from "./testdata/values.json" with { type: "json" };

const EVERYTHING = { allowProtected: true };

/** The reply to a `CONFIG SET`: null for `OK`. */
function set(config: Config, settings: readonly (readonly [string, string])[], access = EVERYTHING): string | null {
  try {
    config.set(settings, access);
    return null;
  } catch (error) {
    if (error instanceof ConfigSetError) return error.message;
    throw error;
  }
}

function inPairs(words: readonly string[]): [string, string][] {
  return words.flatMap((word, i): [string, string][] => i % 2 === 0 ? [[word, words[i + 1]]] : []);
}

/** Replication raises what is too small for it once the value is in force. */
function raiseBacklog(bytes: number, config: Config): void {
  if (bytes < 16384) config.replace(replBacklogSize, ["16kb"]);
}

/** The answer as `values.json` writes it down. */
function answer(name: string, text: string): string {
  const config = new Config(allOptions);
  config.onChange(replBacklogSize, raiseBacklog);
  const error = set(config, [[name, text]]);
  if (error === null) return `=${config.matching([name])[0][1]}`;
  const reason = error.replace(`ERR CONFIG SET failed (possibly related to argument '${name}') - `, "");
  return `#${values.reasons.indexOf(reason)}`;
}

Deno.test("config: each live parameter takes and refuses what the oracle does", () => {
  for (const [name, cells] of Object.entries(values.answers)) {
    const expected = cells.split(" | ");
    texts.forEach((text, index) => assertEquals(answer(name, text), expected[index], `${name} '${text}'`));
  }
});

Deno.test("config: what single parameters take and refuse", () => {
  for (const [name, text, expected] of values.further) assertEquals(answer(name, text), expected, `${name} '${text}'`);
});

Deno.test("config: what cannot be set is what the oracle cannot set", () => {
  const immutable = allOptions.filter((option) => !option.live).flatMap((option) => [option.name, ...option.aliases]);
  assertEquals(immutable.filter((name) => name !== "maxheap").sort(), values.immutable.toSorted());
});

Deno.test("config: several parameters are set together or not at all", () => {
  for (const { settings, error, values } of recorded.sets) {
    const config = new Config(allOptions);
    const before = config.text(dir);
    assertEquals(set(config, inPairs(settings)), error, settings.join(" "));
    const shown = config.matching(settings.filter((_, index) => index % 2 === 0));
    // The oracle was started with one parameter set.
    const lines = shown.map(([name, value]) => `${name.toLowerCase()} ${value === before ? "$DIR" : value}`).sort();
    assertEquals(lines, values.map((line) => line.replace("-protected-configs yes", "-protected-configs no")));
  }
});

Deno.test("config: protected parameters need a permission", () => {
  for (const { settings, error } of recorded.protected) {
    assertEquals(set(new Config(allOptions), inPairs(settings), { allowProtected: false }), error);
  }
});

Deno.test("config: some parameters are not set while the dataset is loaded", () => {
  const config = new Config(allOptions);
  const reply = (...settings: [string, string][]) => {
    try {
      config.set(settings, { allowProtected: true, loading: true });
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const loading = "LOADING Redis is loading the dataset in memory";
  assertEquals(reply(["appendonly", "yes"]), loading);
  assertEquals(reply(["dir", "/"], ["nosuch", "1"]), loading);
  assertEquals(reply(["timeout", "x"], ["dir", "/"]), loading);
  assertEquals(reply(["timeout", "5"]), null);
});

Deno.test("config: patterns find what the oracle finds", () => {
  for (const { patterns, pairs } of recorded.gets) {
    assertEquals(new Config(allOptions).matching(patterns).sort(), pairs.toSorted() as [string, string][]);
  }
});

Deno.test("config: values as the server reads them", () => {
  const config = new Config(allOptions);
  config.set([
    ["maxmemory", "18446744073709551615"],
    ["maxmemory-clients", "5%"],
    ["notify-keyspace-events", "Kg$"],
    ["save", "60 1 30 5"],
    ["client-output-buffer-limit", "slave 1k 2 3"],
    ["shutdown-on-sigint", "force nosave"],
    ["hz", "9999"],
  ]);
  assertEquals(config.get(maxmemory), 2 ** 64);
  assertEquals(config.get(maxmemoryClients), -5);
  assertEquals(config.get(notifyKeyspaceEvents), KeyEvents.keyspaceChannel | KeyEvents.generic | KeyEvents.string);
  assertEquals(config.get(save), [{ seconds: 60, changes: 1 }, { seconds: 30, changes: 5 }]);
  assertEquals(config.get(clientOutputBufferLimit).replica, { hardBytes: 1000, softBytes: 2, softSeconds: 3 });
  assertEquals(config.get(shutdownOnSigint), ["nosave", "force"]);
  assertEquals(config.get(hz), 500);
  assertEquals(config.get(replicaof), null);
  config.replace(replicaof, ["example.org", "7000"]);
  assertEquals(config.get(replicaof), { host: "example.org", port: 7000 });
  assertEquals(config.matching(["slaveof"]), [["slaveof", "example.org 7000"]]);
});

Deno.test("config: a listener hears of changes, once for all of its parameters", () => {
  const config = new Config(allOptions);
  const heard: string[] = [];
  const stop = config.onChange(timeout, (seconds) => void heard.push(`timeout ${seconds}`));
  config.onAnyChange([timeout, hz], (config) => void heard.push(`any ${config.get(timeout)} ${config.get(hz)}`));
  config.set([["timeout", "5"], ["hz", "20"]]);
  config.set([["timeout", "5"]]);
  config.replace(timeout, ["6"]);
  stop();
  config.set([["timeout", "7"]]);
  assertEquals(heard, ["timeout 5", "any 5 20", "any 7 20"]);
});

Deno.test("config: a volatile parameter changes even when it is set to what it was", () => {
  const config = new Config(allOptions);
  let loads = 0;
  config.onChange(tlsCertFile, () => void loads++);
  config.set([["tls-cert-file", "a.pem"]]);
  config.set([["tls-cert-file", "a.pem"]]);
  assertEquals(loads, 2);
});

Deno.test("config: a listener that refuses takes the whole set back", () => {
  const config = new Config(allOptions);
  const heard: string[] = [];
  config.onChange(timeout, (seconds) => {
    heard.push(`timeout ${seconds}`);
    if (seconds === 0) throw new OptionError("cannot go back");
  });
  config.onChange(hz, (rounds) => {
    heard.push(`hz ${rounds}`);
    throw new OptionError("no such clock");
  });
  const error = assertThrows(() =>
    config.set([["timeout", "5"], ["HZ", "20"], ["maxmemory", "1gb"]])
  ) as ConfigSetError;
  assertEquals(error.message, "ERR CONFIG SET failed (possibly related to argument 'hz') - no such clock");
  assertEquals(error.rollbackFailures, ["cannot go back"]);
  assertEquals(heard, ["timeout 5", "hz 20", "timeout 0"]);
  assertEquals([config.get(timeout), config.get(hz), config.get(maxmemory)], [0, 10, 0]);
});

Deno.test("config: a defect in a listener takes the set back and is not taken for a refusal", () => {
  const config = new Config(allOptions);
  config.onChange(timeout, () => {
    throw new RangeError("a defect");
  });
  assertThrows(() => config.set([["timeout", "5"]]), RangeError, "a defect");
  assertEquals(config.get(timeout), 0);
});

Deno.test("config: two names of a parameter in one set are both undone", () => {
  const config = new Config(allOptions);
  set(config, [["slave-priority", "1"], ["replica-priority", "2"], ["timeout", "x"]]);
  assertEquals(config.matching(["replica-priority"]), [["replica-priority", "100"]]);
});

Deno.test("config: servers do not share values", () => {
  const one = new Config(allOptions);
  const other = new Config(allOptions);
  one.set([["timeout", "5"]]);
  assertEquals([one.get(timeout), other.get(timeout)], [5, 0]);
});

Deno.test("config: parameters of modules come and go, and take what the file said before", () => {
  const config = new Config([]);
  const size = integerOption("cache.size", { initial: 1, min: 0, live: true });
  const strict = booleanOption("cache.strict", { initial: false });
  config.postpone("Cache.Size", ["5"]);
  config.postpone("other.size", ["6"]);
  config.register([size, strict]);
  assertEquals(config.matching(["cache.*"]), [["cache.size", "5"], ["cache.strict", "no"]]);
  assertEquals(config.postponed, ["other.size"]);
  config.unregister([size, strict]);
  assertEquals(config.matching(["*"]), []);
  assertThrows(() => config.get(size), Error, "not registered");
  config.postpone("cache.strict", ["maybe"]);
  assertThrows(() => config.register([size, strict]), OptionError, "argument must be 'yes' or 'no'");
  assertEquals(config.matching(["*"]), []);
});

Deno.test("config: a name belongs to one parameter", () => {
  const config = new Config(allOptions);
  const clash = integerOption("size", { initial: 0, aliases: ["SLAVEOF"] });
  assertThrows(() => config.register([clash]), Error, "two parameters are named 'slaveof'");
  assertEquals(config.find("size"), undefined);
  assertEquals(config.find("slaveof"), replicaof);
});
