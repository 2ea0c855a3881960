/**
 * Asks Debian's `redis-server` 7.0.15 all of `cases.ts` and writes its answers beside this file: `deno task record:config`.
 *
 * @module
 */
import {
  commandLines,
  files,
  fileValues,
  furtherTexts,
  inconsistentFiles,
  notSetAlone,
  patterns,
  protectedSettings,
  rewrites,
  texts,
  transactions,
} from "./cases.ts";
import { type Failure, listenOptions, type Reply, runToFailure, Sandbox, serverOptions, withServer } from "./oracle.ts";

const HIDDEN = [
  "key-load-delay",
  "loading-process-events-interval-bytes",
  "lua-enable-deprecated-api",
  "rdb-key-save-delay",
  "use-exit-on-panic",
  "watchdog-period",
];
const LAST_LINE = "nosuch-end";

type Call = (...words: string[]) => Promise<Reply>;

function save(name: string, content: unknown): void {
  Deno.writeTextFileSync(new URL(`./${name}.json`, import.meta.url), JSON.stringify(content));
}

function pairs(reply: Reply): [string, string][] {
  const words = reply as readonly string[];
  return words.flatMap((word, index): [string, string][] => index % 2 === 0 ? [[word, words[index + 1]]] : []);
}

async function getOne(call: Call, name: string): Promise<string> {
  return pairs(await call("config", "get", name))[0][1];
}

function errorOf(reply: Reply): string | null {
  return reply !== null && typeof reply === "object" && "error" in reply ? reply.error : null;
}

/** Names and values without any configuration; what the recording itself needs set has its documented default. */
async function recordDefaults(): Promise<void> {
  using sandbox = new Sandbox();
  await withServer(sandbox, "", async (call) => {
    const visible = pairs(await call("config", "get", "*")).sort();
    const hidden = pairs(await call("config", "get", ...HIDDEN)).sort();
    const documented: Record<string, string> = {
      dir: "$DIR",
      port: "6379",
      unixsocket: "",
      "enable-protected-configs": "no",
    };
    const patched = visible.map(([name, value]) => [name, documented[name] ?? value]);
    save("defaults", { visible: Object.fromEntries(patched), hidden: Object.fromEntries(hidden) });
  });
}

/**
 * For each live parameter what becomes of each text, in one line: `=value`, or `#` and the number of the reason for
 * refusing it, separated by ` | `.
 */
async function recordValues(): Promise<void> {
  using sandbox = new Sandbox();
  const reasons: string[] = [];
  const immutable: string[] = [];
  const answers: Record<string, string> = {};
  const further: [name: string, text: string, answer: string][] = [];
  await withServer(sandbox, "", async (call) => {
    const ask = async (name: string, text: string): Promise<string> => {
      const before = await getOne(call, name);
      const error = errorOf(await call("config", "set", name, text));
      if (error === null) {
        const after = await getOne(call, name);
        await call("config", "set", name, before);
        return `=${after}`;
      }
      const reason = error.replace(`ERR CONFIG SET failed (possibly related to argument '${name}') - `, "");
      if (!reasons.includes(reason)) reasons.push(reason);
      return `#${reasons.indexOf(reason)}`;
    };
    const names = pairs(await call("config", "get", "*")).map(([name]) => name).concat(HIDDEN).sort();
    for (const name of names) {
      if (notSetAlone.includes(name)) continue;
      const cells: string[] = [];
      for (const text of texts) cells.push(await ask(name, text));
      if (cells[0] === `#${reasons.indexOf("can't set immutable config")}`) immutable.push(name);
      else answers[name] = cells.join(" | ");
    }
    for (const [name, text] of furtherTexts) further.push([name, text, await ask(name, text)]);
  });
  save("values", { immutable, reasons, answers, further });
}

/** Replies to whole sets and to patterns. */
async function recordCommands(): Promise<void> {
  using sandbox = new Sandbox();
  const sets: { settings: readonly string[]; error: string | null; values: string[] }[] = [];
  const gets: { patterns: readonly string[]; pairs: [string, string][] }[] = [];
  await withServer(sandbox, "", async (call) => {
    for (const asked of patterns) gets.push({ patterns: asked, pairs: pairs(await call("config", "get", ...asked)) });
  });
  for (const settings of transactions) {
    await withServer(sandbox, "", async (call) => {
      const error = errorOf(await call("config", "set", ...settings));
      const names = settings.filter((_, index) => index % 2 === 0);
      const values = pairs(await call("config", "get", ...names)).map(([name, value]) =>
        `${name.toLowerCase()} ${value}`
      );
      sets.push({ settings, error, values: values.map((value) => sandbox.blank(value)).sort() });
    });
  }
  const refused: { settings: readonly string[]; error: string | null }[] = [];
  for (const settings of protectedSettings) {
    await withServer(sandbox, "", async (call) => {
      refused.push({ settings, error: errorOf(await call("config", "set", ...settings)) });
    }, listenOptions);
  }
  save("commands", { sets, gets, protected: refused });
}

async function recordFiles(): Promise<void> {
  using sandbox = new Sandbox();
  const refusals: { text: string; failure: Failure }[] = [];
  const inconsistent: { text: string; failure: Failure }[] = [];
  const values: { text: string; name: string; value: string }[] = [];
  for (const text of files) {
    sandbox.write("test.conf", sandbox.fill(`${text}\n${LAST_LINE}\n`));
    refusals.push({ text: `${text}\n${LAST_LINE}\n`, failure: await runToFailure(sandbox, ["test.conf"]) });
  }
  for (const text of inconsistentFiles) {
    sandbox.write("test.conf", sandbox.fill(text));
    inconsistent.push({ text, failure: await runToFailure(sandbox, ["test.conf"]) });
  }
  for (const [text, name] of fileValues) {
    await withServer(sandbox, text, async (call) => {
      values.push({ text, name, value: sandbox.blank(await getOne(call, name)) });
    });
  }
  save("files", { refusals, inconsistent, values });
}

async function recordCommandLines(): Promise<void> {
  using sandbox = new Sandbox();
  const answers: { args: readonly string[]; stdin: string; failure: Failure }[] = [];
  for (const [given, stdin, end] of commandLines) {
    const args = end ? [...given, `--${LAST_LINE}`] : given;
    answers.push({ args, stdin, failure: await runToFailure(sandbox, args, stdin) });
  }
  save("command_lines", answers);
}

async function recordRewrites(): Promise<void> {
  const answers: { file: string; set: unknown; edited?: string; users: string[]; text: string }[] = [];
  for (const { file, set = [], edited } of rewrites) {
    using sandbox = new Sandbox();
    await withServer(sandbox, file, async (call) => {
      if (edited !== undefined) sandbox.write("redis.conf", edited);
      for (const settings of set) {
        const error = errorOf(await call("config", "set", ...settings));
        if (error !== null) throw new Error(`${settings}: ${error}`);
        if (settings[0] === "requirepass") await call("auth", settings[1]);
      }
      const error = errorOf(await call("config", "rewrite"));
      if (error !== null) throw new Error(error);
      const users = (await call("acl", "list") as string[]).map((line) => line.replace(/^user /, ""));
      answers.push({ file, set, edited, users, text: sandbox.blank(sandbox.read("redis.conf")) });
    });
  }
  save("rewrites", { options: serverOptions, answers });
}

await recordDefaults();
await recordValues();
await recordCommands();
await recordFiles();
await recordCommandLines();
await recordRewrites();
