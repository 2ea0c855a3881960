/**
 * The two servers of a fuzz run, each over one connection, brought to the same state and asked the same.
 *
 * @module
 */
import { equalBytes, escapeBytes } from "../support/bytes.ts";
import { normalise, parseMode, sameReply } from "../support/compare.ts";
import { verifyHeap } from "../support/heap_check.ts";
import { type Address, RawClient } from "../support/raw_client.ts";
import { decode } from "../support/resp.ts";
import type { FuzzCommand } from "./command_generator.ts";

const databases = 4;

/** A command that the servers answered differently, or a state that differs. */
export interface Difference {
  /** Which command of those given; all of them when the state differs. */
  readonly at: number;
  readonly text: string;
}

/** Of the parameters that the fuzzer changes. */
const defaults = [
  "hash-max-listpack-entries 512 hash-max-listpack-value 64 list-max-listpack-size -2 set-max-intset-entries 512",
  "zset-max-listpack-entries 128 hll-sparse-max-bytes 3000",
];

/** The oracle and redeno. */
export class FuzzedPair {
  private constructor(readonly oracle: RawClient, readonly redeno: RawClient, readonly redenoAddress: Address) {}

  /** Connects to both. */
  static async connect(oracle: Address, redeno: Address): Promise<FuzzedPair> {
    const [first, second] = [await RawClient.connect(oracle), await RawClient.connect(redeno)];
    return new FuzzedPair(first, second, redeno);
  }

  async close(): Promise<void> {
    await this.oracle.close();
    await this.redeno.close();
  }

  /** The same empty state on both: the active expire cycle would delete due keys at different moments. */
  async reset(): Promise<void> {
    for (const client of [this.oracle, this.redeno]) {
      for (const line of ["RESET", "FLUSHALL", "DEBUG SET-ACTIVE-EXPIRE 0", `CONFIG SET ${defaults.join(" ")}`]) {
        const reply = await client.call(...line.split(" "));
        if (reply !== "OK" && reply !== "RESET") throw new Error(`${line}: ${JSON.stringify(reply)}`);
      }
    }
  }

  /** Sends the commands to both; the first difference, and the oracle's replies. */
  async run(commands: readonly FuzzCommand[]): Promise<{ difference?: Difference; replies: Uint8Array[] }> {
    const lines = commands.map(({ args }) => args);
    const [expected, actual] = await Promise.all([this.oracle.pipeline(lines), this.redeno.pipeline(lines)]);
    const at = commands.findIndex(({ mode }, at) => {
      if (equalBytes(expected[at], actual[at])) return false;
      return !sameReply(normalise(expected[at], mode), normalise(actual[at], mode), mode);
    });
    if (at === -1) return { replies: expected };
    const text = `${lines[at].map((arg) => `"${escapeBytes(arg)}"`).join(" ")}\n    expected ${
      escapeBytes(expected[at])
    }\n    actual   ${escapeBytes(actual[at])}`;
    return { difference: { at, text }, replies: expected };
  }

  /** Compares the digests and then every key of both; checks redeno's heap. */
  async compareStates(): Promise<string | undefined> {
    for (const line of ["RESET", "DEBUG DIGEST"]) {
      const [expected, actual] = await this.#askBoth(line.split(" "));
      if (!equalBytes(expected, actual)) {
        return `${line}\n    expected ${escapeBytes(expected)}\n    actual   ${escapeBytes(actual)}`;
      }
    }
    for (let database = 0; database < databases; database++) {
      await this.#askBoth(["SELECT", String(database)]);
      const difference = await this.#compareKeys();
      if (difference) return `database ${database}: ${difference}`;
    }
    await this.#askBoth(["SELECT", "0"]);
    await verifyHeap(this.redenoAddress);
    return undefined;
  }

  async #compareKeys(): Promise<string | undefined> {
    const names = decode(await this.oracle.command("KEYS", "*"), { bytes: true }) as Uint8Array[];
    const commands: FuzzCommand[] = [
      { args: ["DBSIZE"].map((text) => new TextEncoder().encode(text)), mode: { name: "exact" } },
      ...names.flatMap((name) =>
        ["~exact TYPE", "~dumped DUMP", "~near:5000 PEXPIRETIME"].map((line): FuzzCommand => {
          const [mode, command] = line.split(" ");
          return { args: [new TextEncoder().encode(command), name], mode: parseMode(mode.slice(1)) };
        })
      ),
    ];
    await this.redeno.command("KEYS", "*");
    return (await this.run(commands)).difference?.text;
  }

  async #askBoth(args: string[]): Promise<[Uint8Array, Uint8Array]> {
    return [await this.oracle.command(...args), await this.redeno.command(...args)];
  }
}
