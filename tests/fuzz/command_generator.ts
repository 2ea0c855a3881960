/**
 * Makes random command lines: most as their templates allow, some spoilt.
 *
 * @module
 */
import { equalBytes } from "../support/bytes.ts";
import type { Mode } from "../support/compare.ts";
import { makeArgument } from "./arguments.ts";
import { commandTemplates } from "./commands.ts";
import type { SeededRandom } from "./seeded_random.ts";
import { fillTemplate, readTemplate, type Template } from "./template.ts";

const spoiltChance = 0.06;
const dumpedMax = 32;

/** A command line and how its replies are compared. */
export interface FuzzCommand {
  readonly args: Uint8Array[];
  readonly mode: Mode;
}

/** A source of random commands. */
export class CommandGenerator {
  readonly #templates: Template[];
  readonly #dumped: Uint8Array[] = [new TextEncoder().encode("garbage")];

  constructor(readonly random: SeededRandom, types: readonly string[]) {
    this.#templates = types.flatMap((type) => {
      const lines = commandTemplates[type];
      if (!lines) throw new Error(`the fuzzer knows no type ${type}, but ${Object.keys(commandTemplates).join(", ")}`);
      return lines.map(readTemplate);
    });
  }

  /** The next command. */
  next(): FuzzCommand {
    const template = this.random.pick(this.#templates);
    const args = fillTemplate(
      template,
      this.random,
      (kind, random) => kind === "dumped" ? this.#dumpedValue() : makeArgument(kind, random),
    );
    // A cursor that the server did not give leads each server elsewhere.
    const isScan = template.mode.name === "scan";
    if (!isScan && template.spoilt && this.random.chance(spoiltChance)) this.#spoil(args);
    return { args, mode: template.mode };
  }

  /** Keeps a value that a server dumped, to be restored later. */
  addDumped(payload: Uint8Array): void {
    if (this.#dumped.some((known) => equalBytes(known, payload))) return;
    if (this.#dumped.length < dumpedMax) this.#dumped.push(payload);
    else this.#dumped[this.random.integer(1, dumpedMax - 1)] = payload;
  }

  #dumpedValue(): Uint8Array {
    const payload = this.random.pick(this.#dumped).slice();
    if (this.random.chance(0.1)) payload[this.random.integer(0, payload.length - 1)] ^= 1 << this.random.integer(0, 7);
    return payload;
  }

  #spoil(args: Uint8Array[]): void {
    const at = this.random.integer(1, Math.max(1, args.length - 1));
    const garbage = () => {
      const made = makeArgument("garbage", this.random);
      return typeof made === "string" ? new TextEncoder().encode(made) : made;
    };
    switch (this.random.integer(0, 4)) {
      case 0:
        args.splice(at, 1);
        break;
      case 1:
        args.splice(at, 0, args[Math.min(at, args.length - 1)]);
        break;
      case 2:
        args.push(garbage());
        break;
      case 3:
        if (args.length > 1) args[at] = garbage();
        break;
      case 4:
        args[0] = args[0].map((byte) => byte ^ 0x20);
        break;
    }
  }
}
