/**
 * A module from outside: one command, a parameter, a count, a section of `INFO`.
 *
 * Load it with `--loadmodule ./examples/hello.ts World`, with the same line in the configuration file, or at run time
 * with `MODULE LOAD ./examples/hello.ts World` where `enable-module-command` allows that. Then:
 *
 * ```
 * > HELLO.GREET
 * "Hello, World!"
 * > CONFIG SET hello.greeting Good-bye
 * OK
 * > HELLO.GREET Ada
 * "Good-bye, Ada!"
 * > INFO hello
 * # hello
 * greetings:2
 * ```
 *
 * @module
 */
import { argument, defineCommand, defineModule, moduleState, stringOption } from "../mod.ts";

const greeting = stringOption("hello.greeting", { initial: "Hello", live: true });

/** Each server that loads the module has its own. */
const state = moduleState(() => ({ defaultName: "you", greetings: 0 }));

const greet = defineCommand({
  name: "HELLO.GREET",
  summary: "Greets somebody.",
  since: "1.0.0",
  group: "module",
  complexity: "O(1)",
  arity: -1,
  flags: ["readonly", "fast"],
  arguments: [argument.string("name", { optional: true })],
  run(context) {
    const { args, config, reply } = context;
    const own = context.state(state);
    const name = args.count > 1 ? args.text(1) : own.defaultName;
    own.greetings++;
    reply.text(`${config.get(greeting)}, ${name}!`);
  },
});

export default defineModule({
  name: "hello",
  version: 1,
  api: 1,
  commands: [greet],
  options: [greeting],
  info: [{ section: "hello", fields: (host) => [["greetings", host.state(state).greetings]] }],
  load(host, args) {
    if (args.length > 1) throw new Error("takes one argument, the name to greet by default");
    if (args.length === 1) host.state(state).defaultName = args[0];
  },
});
