import { configureSync, type LogRecord, resetSync } from "@logtape/logtape";
import { assertEquals, assertMatch } from "@std/assert";
import { logLevels, type ServerLogLevel } from "../config/options/log_levels.ts";
import { createLogger, type LoggerOptions } from "./log.ts";

/** 7 March 2026, 09:05:03.045 in the time zone of the machine. */
const TIME_MS = new Date(2026, 2, 7, 9, 5, 3, 45).getTime();

function withDirectory(act: (directory: string) => void): void {
  const directory = Deno.makeTempDirSync();
  try {
    act(directory);
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}

function loggerTo(file: LoggerOptions["file"], more: Partial<LoggerOptions> = {}) {
  return createLogger({ level: "debug", file, role: () => "M", pid: 123, now: () => TIME_MS, ...more });
}

Deno.test("log: lines in Redis's format, each level with its mark", () => {
  withDirectory((directory) => {
    const file = `${directory}/server.log`;
    const log = loggerTo(file);
    for (const level of logLevels) log[level](`as ${level}`);
    log.raw("banner\n");
    assertEquals(
      Deno.readTextFileSync(file),
      "123:M 07 Mar 2026 09:05:03.045 . as debug\n" +
        "123:M 07 Mar 2026 09:05:03.045 - as verbose\n" +
        "123:M 07 Mar 2026 09:05:03.045 * as notice\n" +
        "123:M 07 Mar 2026 09:05:03.045 # as warning\n" +
        "banner\n",
    );
  });
});

Deno.test("log: the level is that of the moment", () => {
  withDirectory((directory) => {
    const file = `${directory}/server.log`;
    let level: ServerLogLevel = "warning";
    const log = loggerTo(file, { level: () => level });
    const written = () => {
      for (const each of logLevels) log[each](each);
      const lines = Deno.readTextFileSync(file).trim().split("\n");
      Deno.removeSync(file);
      return lines.map((line) => line.split(" ").at(-1));
    };
    assertEquals(written(), ["warning"]);
    level = "notice";
    assertEquals(written(), ["notice", "warning"]);
    level = "debug";
    assertEquals(written(), [...logLevels]);
  });
});

Deno.test("log: two servers keep files, levels and roles of their own", () => {
  withDirectory((directory) => {
    let role: "M" | "S" = "M";
    const one = loggerTo(`${directory}/one.log`, { role: () => role });
    const other = loggerTo(`${directory}/other.log`, { level: "warning", role: () => "X", pid: 9 });
    one.notice("first");
    role = "S";
    one.notice("second");
    other.notice("not said");
    other.warning("said");
    const lines = (name: string) => Deno.readTextFileSync(`${directory}/${name}.log`).split("\n").slice(0, -1);
    assertEquals(lines("one").map((line) => [line.slice(0, 5), line.slice(33)]), [["123:M", "first"], [
      "123:S",
      "second",
    ]]);
    assertEquals(lines("other").length, 1);
    assertMatch(lines("other")[0], /^9:X .* # said$/);
  });
});

Deno.test("log: a file that was moved away is begun anew, and one that cannot be written is no failure", () => {
  withDirectory((directory) => {
    const file = `${directory}/server.log`;
    const log = loggerTo(file);
    log.notice("one");
    Deno.renameSync(file, `${directory}/server.log.1`);
    log.notice("two");
    assertMatch(Deno.readTextFileSync(file), /two\n$/);
    assertMatch(Deno.readTextFileSync(`${directory}/server.log.1`), /one\n$/);
    loggerTo(`${directory}/none/server.log`).warning("nowhere to go");
  });
});

Deno.test("log: bytes that are no UTF-8 are written as they came", () => {
  withDirectory((directory) => {
    const file = `${directory}/server.log`;
    loggerTo(file).raw("\udcffé");
    assertEquals([...Deno.readFileSync(file)], [0xff, 0xc3, 0xa9]);
  });
});

Deno.test("log: standard output has the line before the process ends", async () => {
  const code = `
    import { createLogger } from ${JSON.stringify(import.meta.resolve("./log.ts"))};
    const log = createLogger({ level: "notice", file: "", role: () => "C", pid: 7 });
    log.verbose("not this");
    log.warning("bye bye...");
    Deno.exit(3);`;
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    cwd: new URL("../..", import.meta.url),
    stderr: "inherit",
  }).output();
  assertEquals(output.code, 3);
  assertMatch(
    new TextDecoder().decode(output.stdout),
    /^7:C \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} # bye bye\.\.\.\n$/,
  );
});

Deno.test("log: a program that configures LogTape gets the records", () => {
  const records: LogRecord[] = [];
  configureSync({
    sinks: { memory: (record) => void records.push(record) },
    loggers: [
      { category: ["cache"], sinks: ["memory"], lowestLevel: "trace" },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
  try {
    loggerTo(null, { category: ["cache", "sessions"] }).verbose("one");
    loggerTo(null, { category: ["other"] }).verbose("two");
  } finally {
    resetSync();
  }
  const seen = records.map(({ category, level, message, timestamp }) => ({ category, level, message, timestamp }));
  assertEquals(seen, [{ category: ["cache", "sessions"], level: "debug", message: ["one"], timestamp: TIME_MS }]);
});
