/**
 * What commands cause beside their replies, compared with the oracle: key events, the count of changes, what AOF and
 * replicas get, and which keys have changed for who watches them. The commands are those of the cases; the oracle tells by its
 * notifications, `INFO persistence`, the file that it appends to and what it sends to a replica; both servers by `WATCH`.
 *
 * Left out are cases that depend on chance, on a deadline that passes, on more of a connection than what it sends, and on lines
 * that only one of the servers could answer for.
 *
 * @module
 */
import { defaultModules } from "../../mod.ts";
import { InMemoryServer } from "../support/in_memory_server.ts";
import { KeyPositions } from "../../server/commands/key_positions.ts";
import { Arguments } from "../../server/protocol/arguments.ts";
import { Key } from "../../server/structures/key.ts";
import { escapeBytes } from "../support/bytes.ts";
import type { Area, Case, Step } from "../support/cases.ts";
import { commandsSent } from "../support/case_commands.ts";
import { startOracle } from "../support/oracle.ts";
import { RawClient } from "../support/raw_client.ts";
import { decode, replyEnd } from "../support/resp.ts";
import { WaitingClient } from "../support/waiting_client.ts";
import { resolveWord } from "../support/words.ts";
import { feedOptions, ReplicaFeed } from "./replica_feed.ts";

/** Commands whose outcome is chance, or the work of another time or another place. */
const leftOut = [
  ...[
    "spop",
    "srandmember",
    "hrandfield",
    "zrandmember",
    "randomkey",
    "config",
    "debug",
    "flushall",
    "flushdb",
    "move",
  ],
  ...["select", "swapdb", "restore", "shutdown", "hello", "reset", "quit", "auth"],
  ...[
    "client",
    "monitor",
    "bgsave",
    "save",
    "replicaof",
    "slaveof",
    "failover",
    "subscribe",
    "psubscribe",
    "memory",
    "object",
  ],
];

const WATCHER_ID = 1000;
const MARKER_CHANNEL = "marker";
const MARKER = "end";
/** What AOF and replicas get beside commands on the data. */
const UNCOMPARED = /^(SELECT|REPLCONF) /;
/** A deadline that is so near may pass on one of the servers only, while they are asked. */
const NEAR_MS = 2000;
/** Times, which the two servers do not meet to the millisecond. */
const TIME = /\b\d{12,}\b/g;

/** What one command caused. */
interface Effects {
  readonly events: string[];
  readonly propagated: string[];
  readonly replicated: readonly string[];
  readonly dirty: number;
  /** The watched keys that count as changed. */
  readonly touched: string[];
}

/** The oracle, with everything that tells of effects switched on. */
class TellingOracle implements AsyncDisposable {
  #fileBytes = 0;
  /** Of the present case, by name. */
  #connections = new Map<string, RawClient>();
  /** One for each watched key. */
  readonly #watchers: RawClient[] = [];
  #dirtyBefore = 0;

  private constructor(
    readonly server: Awaited<ReturnType<typeof startOracle>>,
    readonly client: RawClient,
    readonly subscriber: RawClient,
    readonly feed: ReplicaFeed,
    readonly file: string,
  ) {}

  static async start(executable: string): Promise<TellingOracle> {
    const options = ["--save", "", "--appendonly", "yes", "--appendfsync", "always"];
    const more = [
      "--notify-keyspace-events",
      "KEA",
      "--auto-aof-rewrite-percentage",
      "0",
      "--enable-debug-command",
      "yes",
      ...feedOptions,
    ];
    const server = await startOracle(executable, [...options, ...more]);
    const client = await RawClient.connect(server);
    // Nothing is to happen between two commands.
    await client.command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
    const subscriber = await RawClient.connect(server);
    await subscriber.command("SUBSCRIBE", MARKER_CHANNEL);
    await subscriber.command("PSUBSCRIBE", "__keyevent@0__:*");
    const feed = await ReplicaFeed.connect(server.port);
    const file = `${server.directory}/appendonlydir/appendonly.aof.1.incr.aof`;
    return new TellingOracle(server, client, subscriber, feed, file);
  }

  async begin(): Promise<void> {
    for (const connection of this.#connections.values()) await connection.close();
    this.#connections.clear();
    await this.#until(() => 0);
    await this.client.command("FLUSHALL");
    await this.#events();
    await this.#replicated();
    await this.#propagated();
  }

  /** Gets ready for a step, so that nothing is to be waited for between what the two servers do. */
  async prepare(keys: readonly Uint8Array[]): Promise<void> {
    await Promise.all(keys.map(async (key, i) => (await this.#watcher(i)).command("WATCH", key)));
    this.#dirtyBefore = await this.#dirty();
  }

  /** What a step causes for which this is prepared, until so many clients wait. Times may be up meanwhile, here and there. */
  async effectsOf(
    { kind, connection }: Step,
    words: Uint8Array[],
    keys: readonly Uint8Array[],
    waiting: () => number,
  ): Promise<Effects> {
    const before = this.#dirtyBefore;
    const client = await this.#connection(connection);
    if (kind === "command") await client.command(...words);
    else if (kind === "send") await client.send(...words);
    else if (kind === "read") await client.readReply();
    await this.#until(waiting);
    const dirty = await this.#dirty() - before;
    const touched = await this.#touched(keys);
    const events = await this.#events();
    return { events, propagated: await this.#propagated(), replicated: await this.#replicated(), dirty, touched };
  }

  async #watcher(i: number): Promise<RawClient> {
    return this.#watchers[i] ??= await RawClient.connect(this.server);
  }

  async #touched(keys: readonly Uint8Array[]): Promise<string[]> {
    const replies = await Promise.all(keys.map((_, i) => this.#watchers[i].pipeline([["MULTI"], ["EXEC"]])));
    return keys.filter((_, i) => escapeBytes(replies[i][1]).startsWith("*-1")).map((key) => escapeBytes(key));
  }

  async #connection(name: string): Promise<RawClient> {
    let connection = this.#connections.get(name);
    if (connection === undefined) {
      connection = await RawClient.connect(this.server);
      this.#connections.set(name, connection);
    }
    return connection;
  }

  /** Returns when so many clients wait. */
  async #until(waiting: () => number): Promise<void> {
    while (await this.#figure("clients", "blocked_clients") !== waiting());
  }

  #dirty(): Promise<number> {
    return this.#figure("persistence", "rdb_changes_since_last_save");
  }

  async #figure(section: string, name: string): Promise<number> {
    const info = new TextDecoder().decode(await this.client.command("INFO", section));
    return Number(new RegExp(`${name}:(\\d+)`).exec(info)![1]);
  }

  async #events(): Promise<string[]> {
    await this.client.command("PUBLISH", MARKER_CHANNEL, MARKER);
    const events: string[] = [];
    while (true) {
      const message = decode((await this.subscriber.readReply())!, { bytes: true }) as Uint8Array[];
      const [kind, , channel, key] = message.map((part) =>
        part instanceof Uint8Array ? escapeBytes(part) : String(part)
      );
      if (kind === "message") return events;
      events.push(`${channel.replace(/^.*?:/, "")} ${key}`);
    }
  }

  async #propagated(): Promise<string[]> {
    const bytes = await Deno.readFile(this.file);
    const added = bytes.subarray(this.#fileBytes);
    this.#fileBytes = bytes.length;
    const lines: string[] = [];
    for (let at = 0; at < added.length;) {
      const end = replyEnd(added, at, added.length);
      const words = decode(added.subarray(at, end), { bytes: true }) as Uint8Array[];
      lines.push(words.map((word) => escapeBytes(word)).join(" "));
      at = end;
    }
    return lines.filter((line) => !UNCOMPARED.test(line));
  }

  /** What the replica got up to the end of the events. */
  async #replicated(): Promise<string[]> {
    const lines = await this.feed.until(`PUBLISH ${MARKER_CHANNEL} ${MARKER}`);
    return lines.filter((line) => !UNCOMPARED.test(line));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of [...this.#connections.values(), ...this.#watchers]) await connection.close();
    this.feed[Symbol.dispose]();
    await this.client.close();
    await this.subscriber.close();
    await this.server[Symbol.asyncDispose]();
  }
}

/** Ours, with as many clients as the case has connections. */
class TellingServer implements Disposable {
  readonly #server = new InMemoryServer(defaultModules, 'save ""');
  readonly #clients = new Map<string, WaitingClient>();
  /** One for each watched key. */
  readonly #watchers: WaitingClient[] = [];

  effectsOf({ kind, connection }: Step, words: Uint8Array[], keys: readonly Uint8Array[]): Effects {
    this.#server.clock.nowMs = Date.now();
    const client = this.#client(connection);
    keys.forEach((key, i) => this.#watcher(i).request("WATCH", key));
    const effects = this.#server.effectsOf(() => {
      if (kind === "read") return;
      client.request(...words);
      // The oracle replied to it, be it that its time was up.
      if (kind === "command" && client.waiter !== null) this.#blocking.timeOut(client.waiter);
    });
    const { replicated } = this.#server;
    return { ...effects, replicated, touched: this.#touched(keys) };
  }

  /** The keys that a case names. */
  keysOf({ steps }: Case): Uint8Array[] {
    const keys = new Map<string, Uint8Array>();
    const positions = new KeyPositions();
    for (const step of steps) {
      const line = Arguments.of(wordsOf(step));
      const command = this.#server.parts.table.resolve(line);
      if (!command?.accepts(line.count)) continue;
      const count = command.keys.keysOf(line, positions);
      for (let i = 0; i < count; i++) {
        const key = line.bytes(positions.position(i));
        keys.set(escapeBytes(key), key);
      }
    }
    return [...keys.values()];
  }

  /** Whether a deadline is near enough to make a difference. */
  isNearDeadline(bytes: Uint8Array): boolean {
    const [db] = this.#server.parts.keyspace.databases;
    const entry = db.find(Key.of(bytes));
    return entry !== 0 && db.deadlineOf(entry) >= 0 && db.deadlineOf(entry) < Date.now() + NEAR_MS;
  }

  #watcher(i: number): WaitingClient {
    return this.#watchers[i] ??= new WaitingClient(this.#server, WATCHER_ID + i);
  }

  #touched(keys: readonly Uint8Array[]): string[] {
    return keys.filter((_, i) => {
      const watcher = this.#watchers[i];
      watcher.request("MULTI");
      watcher.request("EXEC");
      return watcher.received.endsWith("*-1");
    }).map((key) => escapeBytes(key));
  }

  /** How many clients wait. */
  get waiting(): number {
    return this.#blocking.count;
  }

  get #blocking() {
    return this.#server.parts.dispatcher.blocking;
  }

  #client(name: string): WaitingClient {
    let client = this.#clients.get(name);
    if (client === undefined) this.#clients.set(name, client = new WaitingClient(this.#server, this.#clients.size + 2));
    return client;
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) client.giveUp();
    this.#server[Symbol.dispose]();
  }
}

function isComparable(one: Case): boolean {
  const sent = commandsSent(one);
  return leftOut.every((name) => !sent.has(name)) &&
    one.steps.every(({ kind, capture }) => kind !== "raw" && kind !== "eof" && capture === undefined) &&
    one.steps.every(({ kind, line }) => kind !== "until" || line.includes("INFO"));
}

function wordsOf({ words }: Step): Uint8Array[] {
  return words.map((word) => resolveWord(word, new Map()));
}

function shown({ events, propagated, replicated, dirty, touched }: Effects): string {
  const [toAof, toReplicas] = [propagated, replicated].map((lines) => lines.join("; ").replaceAll(TIME, "<time>"));
  const sent = toAof === toReplicas ? toAof : `AOF ${toAof} | replicas ${toReplicas}`;
  return `${events.join(", ")} | ${sent} | ${dirty} | ${touched.join(" ")}`;
}

/** The differences in all comparable cases of the areas, as text to print; and how many commands were compared. */
export async function compareEffects(
  executable: string,
  areas: readonly Area[],
): Promise<{ differences: string[]; commands: number }> {
  await using oracle = await TellingOracle.start(executable);
  const differences: string[] = [];
  let commands = 0;
  for (const area of areas) {
    for (const one of area.cases.filter(isComparable)) {
      await oracle.begin();
      using ours = new TellingServer();
      const keys = ours.keysOf(one);
      for (const step of one.steps) {
        if (step.kind === "until" || step.kind === "none") continue;
        const words = wordsOf(step);
        const watched = keys.filter((key) => !ours.isNearDeadline(key));
        await oracle.prepare(watched);
        const effects = ours.effectsOf(step, words, watched);
        const wanted = await oracle.effectsOf(step, words, watched, () => ours.waiting);
        const unsure = watched.filter((key) => ours.isNearDeadline(key)).map((key) => escapeBytes(key));
        const sure = (name: string) => !unsure.includes(name);
        const actual = shown({ ...effects, touched: effects.touched.filter(sure) });
        const expected = shown({ ...wanted, touched: wanted.touched.filter(sure) });
        if (step.kind !== "read") commands++;
        if (expected === actual) continue;
        differences.push(
          `${area.name}: ${one.title}\n  ${step.line}\n    expected ${expected}\n    actual   ${actual}`,
        );
      }
    }
  }
  return { differences, commands };
}
