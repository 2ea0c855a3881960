import { assertEquals, assertThrows } from "@std/assert";
import { Config } from "./config.ts";
import { checkLoadedConfig, ConfigFileError, loadConfigText, readConfigFile } from "./file.ts";
import { OptionError } from "./option.ts";
import { dir } from "./options/directory.ts";
import { allOptions } from "./testdata/all_options.ts";
import { timeout } from "./options/network.ts";
import { Sandbox } from "./testdata/oracle.ts";
import recorded from "./testdata/files.json" with { type: "json" };

const NO_DIRECTIVES = { renameCommand() {}, user() {}, loadModule() {} };

function load(sandbox: Sandbox, text: string, directives = NO_DIRECTIVES): Config {
  const config = new Config(allOptions);
  config.replace(dir, [sandbox.path]);
  loadConfigText(sandbox.fill(text), config, directives);
  checkLoadedConfig(config);
  return config;
}

/** How a server ends that has been given this file. */
function failure(sandbox: Sandbox, text: string): { stderr: string; warnings: string[] } {
  const error = assertThrows(() => load(sandbox, text), ConfigFileError);
  const shown = sandbox.blank(error.text);
  return error.stream === "log" ? { stderr: "", warnings: [shown] } : { stderr: shown, warnings: [] };
}

Deno.test("config file: refused where the oracle refuses it, in the same words", () => {
  using sandbox = new Sandbox();
  for (const { text, failure: expected } of recorded.refusals) assertEquals(failure(sandbox, text), expected, text);
});

Deno.test("config file: inconsistent where the oracle finds it so", () => {
  using sandbox = new Sandbox();
  for (const { text, failure: expected } of recorded.inconsistent) assertEquals(failure(sandbox, text), expected, text);
});

Deno.test("config file: values as the oracle reads them", () => {
  using sandbox = new Sandbox();
  for (const { text, name, value } of recorded.values) {
    const [[, shown]] = load(sandbox, text).matching([name]);
    assertEquals(sandbox.blank(shown), value, text);
  }
});

Deno.test("config file: lines that set no parameter go to their owners", () => {
  using sandbox = new Sandbox();
  const calls: unknown[] = [];
  load(sandbox, 'rename-command GET ""\nUSER "a" on ">b c"\nloadmodule ./m.ts x "y z"\nuser default', {
    renameCommand: (...args: unknown[]) => void calls.push(["rename", ...args]),
    user: (...args: unknown[]) => void calls.push(["user", ...args]),
    loadModule: (...args: unknown[]) => void calls.push(["load", ...args]),
  });
  assertEquals(calls, [
    ["rename", "GET", ""],
    ["user", "a", ["on", ">b c"]],
    ["load", "./m.ts", ["x", "y z"]],
    ["user", "default", []],
  ]);
});

Deno.test("config file: what an owner refuses is a fault of the line", () => {
  using sandbox = new Sandbox();
  const directives = {
    ...NO_DIRECTIVES,
    renameCommand() {
      throw new OptionError("No such command in rename-command");
    },
  };
  const error = assertThrows(
    () => load(sandbox, "timeout 5\nrename-command foo bar\n", directives),
    ConfigFileError,
  ) as ConfigFileError;
  assertEquals(
    error.text,
    "\n*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nReading the configuration file, at line 2\n" +
      ">>> 'rename-command foo bar'\nNo such command in rename-command\n",
  );
});

Deno.test("config file: parameters of modules wait for their module", () => {
  using sandbox = new Sandbox();
  assertEquals(load(sandbox, "foo.bar 1 2\nA.B x\n").postponed, ["foo.bar", "a.b"]);
});

Deno.test("config file: lines of a list add up over included files", () => {
  using sandbox = new Sandbox();
  sandbox.write("saves.conf", "save 7 7\n");
  const config = load(sandbox, "save 5 5\ninclude saves.conf\nsave 8 8\n");
  assertEquals(config.matching(["save"]), [["save", "5 5 7 7 8 8"]]);
});

Deno.test("config file: files that include each other come to an end", () => {
  using sandbox = new Sandbox();
  sandbox.write("self.conf", "include self.conf\n");
  assertThrows(() => load(sandbox, "include self.conf"), ConfigFileError, "too deeply");
});

Deno.test("config file: a byte order mark is no part of it, and any bytes are", () => {
  using sandbox = new Sandbox();
  Deno.writeFileSync(`${sandbox.path}/bom.conf`, Uint8Array.of(0xef, 0xbb, 0xbf, 0x68, 0x7a, 0x20, 0x32, 0x30, 0xff));
  assertEquals(readConfigFile("bom.conf", sandbox.path), "hz 20\udcff");
});

Deno.test("config file: a defect is not taken for a fault of the file", () => {
  using sandbox = new Sandbox();
  const directives = {
    ...NO_DIRECTIVES,
    user() {
      throw new RangeError("a defect");
    },
  };
  assertThrows(() => load(sandbox, "user x", directives), RangeError, "a defect");
  assertEquals(load(sandbox, "timeout 5").get(timeout), 5);
});
