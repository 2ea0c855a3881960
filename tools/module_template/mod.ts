/**
 * The scaffold module. Its values are one text each, kept as JavaScript objects. Say here what the values of your type are,
 * why they are kept the way they are, what must stay true and what it costs.
 *
 * @module
 */
import {
  argument,
  decodeText,
  defineCommand,
  defineModule,
  defineType,
  encodeText,
  keyEvent,
  oneKey,
} from "../../server/api/mod.ts";

/** A value. */
interface Scaffold {
  text: string;
}

/** Bytes of an object with one property, about. */
const OBJECT_BYTES = 32;

const setEvent = keyEvent("module", "scaffold.set");

/** The type. Nine characters name it in dumps and files; no two types may have the same name. */
export const scaffoldType = defineType<Scaffold>({
  name: "scaffold-",
  storage: "object",
  create: () => ({ text: "" }),
  copy: ({ text }) => ({ text }),
  memoryUsage: ({ text }) => OBJECT_BYTES + text.length,
  digest: ({ text }, output) => output.ordered(encodeText(text)),
  rewriteAof: ({ text }, key, output) => output.command("SCAFFOLD.SET", key, encodeText(text)),
  rdb: {
    version: 1,
    save: ({ text }, output) => output.string(encodeText(text)),
    load: (_version, input) => ({ text: decodeText(input.string()) }),
  },
});

const set = defineCommand({
  name: "SCAFFOLD.SET",
  summary: "Sets the text of a key.",
  since: "1.0.0",
  group: "module",
  complexity: "O(1)",
  arity: 3,
  flags: ["write", "denyoom", "fast"],
  keys: [oneKey("RW", "update")],
  arguments: [argument.key("key", 0), argument.string("text")],
  run({ args, db, reply }) {
    const key = args.key(1);
    db.upsert(key, scaffoldType).text = args.text(2);
    db.changed(key, setEvent);
    reply.ok();
  },
});

const get = defineCommand({
  name: "SCAFFOLD.GET",
  summary: "Returns the text of a key.",
  since: "1.0.0",
  group: "module",
  complexity: "O(1)",
  arity: 2,
  flags: ["readonly", "fast"],
  keys: [oneKey("RO", "access")],
  arguments: [argument.key("key", 0)],
  run({ args, db, reply }) {
    const value = db.read(args.key(1), scaffoldType);
    if (value === null) reply.null();
    else reply.text(value.text);
  },
});

export default defineModule({ name: "scaffold", version: 1, api: 1, types: [scaffoldType], commands: [set, get] });
