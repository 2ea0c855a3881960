/**
 * Looking into a HyperLogLog, and testing the algorithm.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  decodeText,
  defineCommand,
  keyAt,
  ReplyError,
} from "../../server/api/mod.ts";
import { REGISTERS } from "./hash.ts";
import { selfTest } from "./self_check.ts";
import { denseRank, HEADER_BYTES, runBytes, runRank, runRegisters, type Sketch } from "./sketch.ts";
import { CORRUPTED, loadSketch, makeOwn, readSketch, storeSketch } from "./sketch_string.ts";

/** `PFDEBUG` and `PFSELFTEST`. */
export const debugCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "PFDEBUG",
    summary: "Internal commands for debugging HyperLogLog values",
    since: "2.8.9",
    group: "hyperloglog",
    complexity: "N/A",
    syscmd: true,
    arity: 3,
    flags: ["write", "denyoom", "admin"],
    categories: ["hyperloglog"],
    keys: [keyAt(2, "RW", "access")],
    arguments: [argument.string("subcommand"), argument.key("key", 0)],
    run: pfdebug,
  }),
  defineCommand({
    name: "PFSELFTEST",
    summary: "An internal command for testing HyperLogLog values",
    since: "2.8.9",
    group: "hyperloglog",
    complexity: "N/A",
    syscmd: true,
    arity: 1,
    flags: ["admin"],
    categories: ["hyperloglog"],
    run: pfselftest,
  }),
];

const NO_KEY = new ReplyError("ERR The specified key does not exist");
const NOT_SPARSE = new ReplyError("ERR HLL encoding is not sparse");

function pfdebug(context: CommandContext): void {
  const { args, reply } = context;
  const value = readSketch(context, args.key(2));
  if (value === null) throw NO_KEY;
  const sketch = loadSketch(value);
  makeOwn(context, args.key(2), value);
  if (args.is(1, "GETREG")) {
    makeDense(context, sketch);
    reply.array(REGISTERS);
    for (let i = 0; i < REGISTERS; i++) reply.integer(denseRank(sketch.bytes, HEADER_BYTES, i));
  } else if (args.is(1, "DECODE")) {
    if (sketch.isDense) throw NOT_SPARSE;
    reply.text(runsOf(sketch));
  } else if (args.is(1, "ENCODING")) reply.status(sketch.isDense ? "dense" : "sparse");
  else if (args.is(1, "TODENSE")) reply.integer(makeDense(context, sketch) ? 1 : 0);
  else throw new ReplyError(`ERR Unknown PFDEBUG subcommand '${decodeText(args.view(1))}'`);
}

/** Stores the HyperLogLog with dense registers; whether they were sparse. */
function makeDense(context: CommandContext, sketch: Sketch): boolean {
  if (sketch.isDense) return false;
  if (!sketch.toDense()) throw CORRUPTED;
  storeSketch(context, context.args.key(2), sketch);
  context.addDirty(1);
  return true;
}

function runsOf({ bytes, length }: Sketch): string {
  const runs: string[] = [];
  for (let at = HEADER_BYTES; at < length; at += runBytes(bytes[at])) {
    const rank = runRank(bytes[at]);
    const registers = runRegisters(bytes, at, length);
    if (rank > 0) runs.push(`v:${rank},${registers}`);
    else runs.push(`${runBytes(bytes[at]) === 1 ? "z" : "Z"}:${registers}`);
  }
  return runs.join(" ");
}

function pfselftest({ reply }: CommandContext): void {
  const problem = selfTest();
  if (problem !== null) throw new ReplyError(`TESTFAILED ${problem}`);
  reply.ok();
}
