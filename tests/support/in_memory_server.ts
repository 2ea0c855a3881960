/**
 * A whole server without sockets, files or time of its own: commands go in as words, and everything they cause can be looked
 * at, which over a connection cannot. For unit tests of modules.
 *
 * @module
 */
import type { Audience, CommandArgument } from "../../server/api/context.ts";
import type { ModuleDefinition } from "../../server/api/module.ts";
import type { Clock } from "../../server/base/clock.ts";
import { Session } from "../../server/commands/session.ts";
import { Arguments } from "../../server/protocol/arguments.ts";
import { readReply, type ReplyValue } from "../../server/protocol/reply_value.ts";
import { Server } from "../../server/server.ts";
import { escapeBytes } from "./bytes.ts";

/** A clock that stands still until it is set. */
class ManualClock implements Clock {
  nowMs = 1_700_000_000_000;

  tick(): number {
    return this.nowMs * 1000;
  }

  monotonicMicroseconds(): number {
    return this.nowMs * 1000;
  }

  readMicroseconds(): number {
    return this.nowMs * 1000;
  }

  coarse(): number {
    return this.nowMs;
  }

  rewind(nowMs: number): void {
    this.nowMs = nowMs;
  }

  calibrate(): void {}
}

/** What a command caused beside its reply. */
export interface Effects {
  /** `name key`, in order. */
  readonly events: string[];
  /** What the AOF gets, one line for each command; between `MULTI` and `EXEC` where they belong together. */
  readonly propagated: string[];
  /** How much the count of changes grew. */
  readonly dirty: number;
}

const silent = { debug() {}, verbose() {}, notice() {}, warning() {}, raw() {} };

/** A server that runs as long as its test. */
export class InMemoryServer implements Disposable {
  readonly clock = new ManualClock();
  readonly server: Server;
  readonly session: Session;
  #effects: { events: string[]; propagated: string[] } = { events: [], propagated: [] };
  #replicated: string[] = [];

  constructor(modules: readonly ModuleDefinition[], configText = "") {
    this.server = new Server({ modules, configText, clock: this.clock, seed: 1, log: silent });
    const { keyspace, dispatcher } = this.parts;
    this.session = new Session(1, keyspace.databases[0], this.clock.nowMs, "", "");
    keyspace.eventListeners.push((_db, key, { name }) => {
      this.#effects.events.push(`${name} ${escapeBytes(key.toBytes())}`);
    });
    dispatcher.sinks.push((commands, transaction) => {
      const linesFor = (to: keyof Audience) => {
        const lines = commands.filter(({ audience }) => audience[to]).map(({ args }) => lineOf(args));
        return transaction ? ["MULTI", ...lines, "EXEC"] : lines;
      };
      this.#effects.propagated.push(...linesFor("aof"));
      this.#replicated.push(...linesFor("replicas"));
    });
  }

  get parts(): Server["parts"] {
    return this.server.parts;
  }

  /** Runs a command and returns its reply. */
  call(...words: CommandArgument[]): ReplyValue {
    const { output } = this.session;
    const { dispatcher } = this.parts;
    output.truncate(0);
    dispatcher.begin();
    dispatcher.execute(this.session, Arguments.of(words));
    dispatcher.end();
    return readReply(output.buffer.slice(0, output.length));
  }

  /** Runs a line of words without blanks in them; the reply as RESP, line ends as blanks. */
  reply(line: string): string {
    this.call(...line.split(" "));
    const { output } = this.session;
    return escapeBytes(output.buffer.slice(0, output.length)).replaceAll("\\r\\n", " ").trimEnd();
  }

  /** What replicas got when effects were asked for last: the same as the AOF, but where a command says otherwise. */
  get replicated(): readonly string[] {
    return this.#replicated;
  }

  /** What `act` causes. */
  effectsOf(act: () => void): Effects {
    const { keyspace } = this.parts;
    const dirty = keyspace.dirty;
    this.#effects = { events: [], propagated: [] };
    this.#replicated = [];
    act();
    return { ...this.#effects, dirty: keyspace.dirty - dirty };
  }

  /** What the server's cron does for modules. */
  cron(): void {
    const { modules, host } = this.parts;
    for (const hook of modules.hooks.of("cron")) hook({ elapsedMs: 100 }, host);
  }

  /** Throws where memory is not accounted for. */
  verifyHeap(): void {
    const { problems } = this.parts.keyspace.verify();
    if (problems.length > 0) throw new Error(problems.join("\n"));
  }

  /** Ends it; throws where memory is not accounted for. */
  [Symbol.dispose](): void {
    this.verifyHeap();
    this.server.shutdown();
  }
}

function lineOf(args: Arguments): string {
  return Array.from({ length: args.count }, (_, i) => escapeBytes(args.view(i))).join(" ");
}
