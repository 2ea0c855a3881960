/**
 * Random fields.
 *
 * A positive count asks for distinct fields: most of a hash are chosen in one walk through it, where each field gets its
 * fair chance of being among those that are still wanted; few of a large one are drawn until enough of them differ.
 *
 * @module
 */
import {
  argument,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  type ElementView,
  type FieldTable,
  oneKey,
  type Random,
  type Ref,
  ReplyError,
  type ReplyWriter,
  SYNTAX_ERROR,
} from "../../server/api/mod.ts";
import { hashType } from "./hash_type.ts";
import { FIELDS, type HashValue, PAIRS } from "./hash_value.ts";

/** `HRANDFIELD`. */
export const randomCommands: readonly CommandDefinition[] = [
  defineCommand({
    name: "HRANDFIELD",
    summary: "Get one or multiple random fields from a hash",
    since: "6.2.0",
    group: "hash",
    complexity: "O(N) where N is the number of fields returned",
    arity: -2,
    flags: ["readonly"],
    categories: ["hash"],
    keys: [oneKey("RO", "access")],
    tips: ["nondeterministic_output"],
    arguments: [
      argument.key("key", 0),
      argument.block("options", [
        argument.integer("count"),
        argument.token("withvalues", "WITHVALUES", { optional: true }),
      ], { optional: true }),
    ],
    run: hrandfield,
  }),
];

const COUNT_MIN = -(2n ** 63n);
/** With values a count has one bit less. */
const PAIRS_MAX = 2n ** 62n - 1n;
const COUNT_OUT_OF_RANGE = new ReplyError(
  "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807",
);
const PAIRS_OUT_OF_RANGE = new ReplyError("ERR value is out of range");
/** A table of more than so many times the fields wanted is drawn from; else it is walked through. */
const DRAWN_SHARE = 3;

function hrandfield(context: CommandContext): void {
  const { args, db, reply, random } = context;
  if (args.count === 2) {
    const hash = db.read(args.key(1), hashType);
    if (hash === null) reply.null();
    else hash.random(random, FIELDS, (element) => reply.element(element));
    return;
  }
  const { count, wanted } = readCount(context);
  const hash = db.read(args.key(1), hashType);
  if (hash === null || count === 0) return reply.array(0);
  if (count < 0) replyAny(context, hash, -count, wanted);
  else replyDistinct(context, hash, Math.min(count, hash.count), wanted);
}

function readCount({ args }: CommandContext): { count: number; wanted: number } {
  const exact = args.exactInteger(2);
  if (exact === COUNT_MIN) throw COUNT_OUT_OF_RANGE;
  if (args.count > 4 || (args.count === 4 && !args.is(3, "WITHVALUES"))) throw SYNTAX_ERROR;
  if (args.count === 4 && (exact > PAIRS_MAX || exact < -PAIRS_MAX)) throw PAIRS_OUT_OF_RANGE;
  return { count: Number(exact), wanted: args.count === 4 ? PAIRS : FIELDS };
}

/** Replies elements; in RESP3 a field and its value are an array of their own. */
function replier(reply: ReplyWriter, count: number, wanted: number): (element: ElementView) => void {
  if (wanted === FIELDS || reply.version < 3) {
    reply.array(wanted === FIELDS ? count : count * 2);
    return (element) => reply.element(element);
  }
  reply.array(count);
  let isField = true;
  return (element) => {
    if (isField) reply.array(2);
    isField = !isField;
    reply.element(element);
  };
}

/** Each field drawn from all. */
function replyAny({ reply, random }: CommandContext, hash: HashValue, count: number, wanted: number): void {
  const visit = replier(reply, count, wanted);
  for (let i = 0; i < count; i++) hash.random(random, wanted, visit);
}

function replyDistinct({ reply, random }: CommandContext, hash: HashValue, count: number, wanted: number): void {
  const visit = replier(reply, count, wanted);
  if (count === hash.count) hash.forEach(wanted, visit);
  else if (hash.table === null || count * DRAWN_SHARE > hash.count) choose(random, hash, count, wanted, visit);
  else draw(random, hash.table, count, wanted, visit);
}

function choose(
  random: Random,
  hash: HashValue,
  count: number,
  wanted: number,
  visit: (element: ElementView) => void,
): void {
  let left = hash.count;
  let missing = count;
  let isField = true;
  let isChosen = false;
  hash.forEach(wanted, (element) => {
    if (isField || wanted === FIELDS) {
      isChosen = random.below(left--) < missing;
      if (isChosen) missing--;
    }
    isField = !isField;
    if (isChosen) visit(element);
  });
}

function draw(
  random: Random,
  table: FieldTable,
  count: number,
  wanted: number,
  visit: (element: ElementView) => void,
): void {
  const drawn = new Set<Ref>();
  while (drawn.size < count) drawn.add(table.random(random));
  for (const ref of drawn) {
    table.show(ref);
    visit(table.field);
    if (wanted === PAIRS) visit(table.value);
  }
}
