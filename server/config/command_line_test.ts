import { assertEquals, assertThrows } from "@std/assert";
import { resolve } from "node:path";
import { joinConfigTexts, parseCommandLine, type ServeInvocation } from "./command_line.ts";
import { Config } from "./config.ts";
import { ConfigFileError, loadConfigText, readConfigFile } from "./file.ts";
import { dir } from "./options/directory.ts";
import { allOptions } from "./testdata/all_options.ts";
import { Sandbox } from "./testdata/oracle.ts";
import recorded from "./testdata/command_lines.json" with { type: "json" };

/** What a server does with its arguments, up to the point where it would start. */
function load(sandbox: Sandbox, args: readonly string[], stdin: string): void {
  const invocation = parseCommandLine(args) as ServeInvocation;
  const { configFile } = invocation;
  const file = configFile === null ? "" : readConfigFile(resolve(sandbox.path, configFile), sandbox.path);
  const config = new Config(allOptions);
  config.replace(dir, [sandbox.path]);
  const text = joinConfigTexts(file, invocation.readStdin ? stdin : "", invocation.options);
  loadConfigText(text, config, { renameCommand() {}, user() {}, loadModule() {} });
}

Deno.test("command line: refused where the oracle refuses it, in the same words", () => {
  using sandbox = new Sandbox();
  for (const { args, stdin, failure } of recorded) {
    const error = assertThrows(
      () => load(sandbox, args, stdin),
      ConfigFileError,
      "",
      args.join(" "),
    ) as ConfigFileError;
    const shown = sandbox.blank(error.text);
    const given = error.stream === "log" ? { stderr: "", warnings: [shown] } : { stderr: shown, warnings: [] };
    assertEquals(given, failure, args.join(" "));
  }
});

Deno.test("command line: kinds of invocation", () => {
  const cases: [string[], unknown][] = [
    [["-v"], { kind: "version" }],
    [["--version", "x"], { kind: "version" }],
    [["-h"], { kind: "help" }],
    [["--help", "x"], { kind: "help" }],
    [["--check-system", "x"], { kind: "check-system" }],
    [["--test-memory", "100"], { kind: "test-memory", megabytes: "100" }],
    [["--test-memory"], { kind: "test-memory-usage" }],
    [["--test-memory", "1", "2"], { kind: "test-memory-usage" }],
  ];
  for (const [args, invocation] of cases) assertEquals(parseCommandLine(args), invocation as never);
});

Deno.test("command line: what a server is given", () => {
  const serve = { kind: "serve", sentinel: false, configFile: null, readStdin: false, options: "" };
  const cases: [string[], unknown][] = [
    [[], serve],
    [[""], serve],
    [["a.conf"], { ...serve, configFile: "a.conf" }],
    [["C:\\redis\\a.conf", "-"], { ...serve, configFile: "C:\\redis\\a.conf", readStdin: true }],
    [["-"], { ...serve, readStdin: true }],
    [["--port", "1", "-"], { ...serve, readStdin: true, options: 'port "1"' }],
    [["--dir", "C:\\data"], { ...serve, options: 'dir "C:\\\\data"' }],
    [["a.conf", "--sentinel", "--port", "1"], {
      ...serve,
      configFile: "a.conf",
      sentinel: true,
      options: 'sentinel\nport "1"',
    }],
    [["--save", "--port", "1", "--save", "60", "1"], { ...serve, options: 'save ""\nport "1"\nsave "60" "1"' }],
    [["--port", "1", "--save"], { ...serve, options: 'port "1"\nsave ""' }],
  ];
  for (const [args, invocation] of cases) assertEquals(parseCommandLine(args), invocation as never);
});

Deno.test("command line: options come last, and a file without a last newline does not run into what follows", () => {
  assertEquals(joinConfigTexts("", "", 'port "1"'), '\nport "1"');
  assertEquals(joinConfigTexts("timeout 1\n", "hz 2\n", 'port "1"'), 'timeout 1\nhz 2\n\nport "1"');
  assertEquals(joinConfigTexts("timeout 1", "hz 2", ""), "timeout 1\nhz 2\n");
});
