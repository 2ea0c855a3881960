/**
 * Runs one case against one server.
 *
 * What must stay true: a case starts on empty databases with connections of its own, and leaves the configuration as it
 * found it, so that cases can be run alone, in any order, and against a server that is slow or wrong: a reply that does
 * not come or a connection that is closed is a result like any other, to be compared.
 *
 * @module
 */
import { type Argument, equalBytes, toBytes } from "./bytes.ts";
import type { Case, Door, Step } from "./cases.ts";
import { closedText, normalise, nothingText } from "./compare.ts";
import { type Address, NoReply, RawClient } from "./raw_client.ts";
import { decode, ErrorReply, type Reply, VerbatimReply } from "./resp.ts";
import { resolveWord } from "./words.ts";

const replyWaitMsMax = 4_000;
const quietMs = 40;
const untilPollMs = 2;

/** The reply of each step that has one, as normalised text; `undefined` for the others. */
export type StepReplies = (string | undefined)[];

function isConnectionGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BadResource;
}

/** A connection beside the case's own ones, opened again when the case got it closed. */
class Control {
  #client: RawClient | undefined;

  constructor(readonly address: Address) {}

  async command(...args: Argument[]): Promise<Uint8Array> {
    for (let attempt = 1;; attempt++) {
      this.#client ??= await RawClient.connect(this.address);
      try {
        return await this.#client.command(...args);
      } catch (error) {
        if (attempt > 1 || error instanceof NoReply) throw error;
        await this.close();
      }
    }
  }

  async close(): Promise<void> {
    await this.#client?.close();
    this.#client = undefined;
  }
}

class CaseSession {
  readonly #control: Control;
  readonly #connections = new Map<string, RawClient>();
  readonly #captured = new Map<string, Uint8Array>();
  readonly #configBefore = new Map<string, Uint8Array>();

  constructor(readonly address: Address, readonly door: Door) {
    this.#control = new Control(address);
  }

  /** Empties the databases; waits, for cases that list clients, until those of the case before are gone. */
  async prepare(listsClients: boolean): Promise<void> {
    const reply = decode(await this.#control.command("FLUSHALL"));
    if (reply instanceof ErrorReply) throw new Error(`FLUSHALL before a case: ${reply.message}`);
    const timeout = performance.now() + replyWaitMsMax;
    while (listsClients && performance.now() < timeout) {
      const list = decode(await this.#control.command("CLIENT", "LIST"));
      const text = list instanceof VerbatimReply ? list.text : list;
      if (typeof text !== "string" || text.trimEnd().split("\n").length === 1) break;
    }
  }

  async finish(): Promise<void> {
    for (const connection of this.#connections.values()) await connection.close();
    for (const [name, value] of this.#configBefore) {
      const now = await this.#configValue(name);
      if (now && equalBytes(now, value)) continue;
      const reply = decode(await this.#control.command("CONFIG", "SET", name, value));
      if (reply !== "OK") throw new Error(`CONFIG SET ${name} after a case: ${(reply as ErrorReply).message}`);
    }
    await this.#control.close();
  }

  async run(step: Step): Promise<string | undefined> {
    try {
      return await this.#runOnLive(step);
    } catch (error) {
      if (error instanceof NoReply) return nothingText;
      if (isConnectionGone(error)) return closedText;
      throw error;
    }
  }

  async #runOnLive(step: Step): Promise<string | undefined> {
    const args = step.words.map((word) => resolveWord(word, this.#captured));
    if (step.kind === "until") return await this.#until(args);
    await this.#keepConfig(args);
    const connection = await this.#connection(step.connection);
    switch (step.kind) {
      case "raw":
        await connection.sendRaw(args[0]);
        return undefined;
      case "send":
        await connection.send(...args);
        return undefined;
      case "command":
        await connection.send(...args);
        return await this.#read(connection, step);
      case "read":
        return await this.#read(connection, step);
      case "none":
        return await this.#none(connection);
      case "eof":
        return normalise(await connection.readUntilClose(replyWaitMsMax), step.mode) + closedText;
    }
  }

  async #connection(name: string): Promise<RawClient> {
    let connection = this.#connections.get(name);
    if (!connection) {
      connection = await RawClient.connect(this.address);
      this.#connections.set(name, connection);
      if (this.door === "3") await connection.command("HELLO", "3");
    }
    return connection;
  }

  async #read(connection: RawClient, step: Step): Promise<string> {
    const raw = await connection.readReply(replyWaitMsMax);
    if (raw === null) return closedText;
    if (step.capture) this.#capture(step.capture, decode(raw, { bytes: true }));
    return normalise(raw, step.mode);
  }

  #capture({ name, element }: NonNullable<Step["capture"]>, reply: Reply): void {
    const items = reply instanceof Map ? [...reply].flat() : reply;
    const picked = element === undefined ? reply : Array.isArray(items) ? items[element] : null;
    if (picked instanceof Uint8Array) this.#captured.set(name, picked);
    else if (typeof picked === "string" || typeof picked === "number") {
      this.#captured.set(name, toBytes(String(picked)));
    }
  }

  async #none(connection: RawClient): Promise<string> {
    const raw = await connection.readReply(quietMs);
    return raw === null ? closedText : normalise(raw, { name: "exact" });
  }

  async #until([text, ...args]: Uint8Array[]): Promise<string> {
    const wanted = new TextDecoder("latin1").decode(text);
    const timeout = performance.now() + replyWaitMsMax;
    for (;;) {
      const reply = new TextDecoder("latin1").decode(await this.#control.command(...args));
      if (reply.includes(wanted)) return "<came true>";
      if (performance.now() > timeout) return "<never came true>";
      await new Promise((resolve) => setTimeout(resolve, untilPollMs));
    }
  }

  async #keepConfig(args: readonly Uint8Array[]): Promise<void> {
    const [command, verb, ...names] = args.map((arg) => new TextDecoder().decode(arg).toLowerCase());
    if (command !== "config" || verb !== "set") return;
    for (const name of names.filter((_, at) => at % 2 === 0)) {
      if (this.#configBefore.has(name) || !/^[a-z-]+$/.test(name)) continue;
      const value = await this.#configValue(name);
      if (value) this.#configBefore.set(name, value);
    }
  }

  async #configValue(name: string): Promise<Uint8Array | undefined> {
    const reply = decode(await this.#control.command("CONFIG", "GET", name), { bytes: true });
    return Array.isArray(reply) && reply.length === 2 ? reply[1] as Uint8Array : undefined;
  }
}

/** Runs the case over one protocol version. */
export async function runCase(address: Address, { steps }: Case, door: Door): Promise<StepReplies> {
  const session = new CaseSession(address, door);
  try {
    await session.prepare(steps.some(({ line }) => /\b(client|info)\b/i.test(line)));
    const replies: StepReplies = [];
    for (const step of steps) replies.push(await session.run(step));
    return replies;
  } finally {
    await session.finish();
  }
}
