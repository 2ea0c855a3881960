/**
 * A full heap under commands on lists and hashes: one that is refused has changed nothing, and no memory is lost. A command
 * that adds several elements may have added some of them; what it has added is there.
 *
 * @module
 */
import { defaultModules } from "../mod.ts";
import { digestEntry } from "../server/keyspace/digest.ts";
import { OUT_OF_MEMORY, ReplyError } from "../server/protocol/errors.ts";
import { CommandGenerator } from "./fuzz/command_generator.ts";
import { SeededRandom } from "./fuzz/seeded_random.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { escapeBytes } from "./support/bytes.ts";
import { InMemoryServer } from "./support/in_memory_server.ts";

const COMMANDS = 2500;
const COMMANDS_PER_CHECK = 500;
/** Names of commands that add as many elements as they have arguments, and of those that take them in pairs. */
const addsElements = /^[RL]PUSHX?$/i;
const addsPairs = /^HM?SET$/i;
const isLeftOut = /^(DEBUG|CONFIG|DUMP|RESTORE)$/i;

const isRefusal = (reply: unknown) => reply instanceof ReplyError && reply.message === OUT_OF_MEMORY.message;

/** The contents of all keys but the fillers. */
function contents({ session: { db } }: InMemoryServer): string[] {
  const digests: string[] = [];
  let position = 0;
  do {
    position = db.scan(position, (entry) => {
      const name = escapeBytes(db.keyOf(entry));
      if (!name.startsWith("filler:")) digests.push(`${name} ${digestEntry(db, entry)}`);
    });
  } while (position !== 0);
  return digests.sort();
}

/** Fills the heap with strings of a size, until there is no room for another. */
function fill(server: InMemoryServer, round: number, size: number): void {
  for (let i = 0; !isRefusal(server.call("SET", `filler:${round}:${i}`, "v".repeat(size))); i++);
}

for (const type of ["lists", "hashes"]) {
  Deno.test(`full heap: refused commands on ${type} change nothing`, () => {
    using server = new InMemoryServer(defaultModules, "maxheap 3mb");
    const generator = new CommandGenerator(new SeededRandom(7), [type]);
    let refused = 0;
    for (let i = 0; i < COMMANDS; i++) {
      if (i % COMMANDS_PER_CHECK === 0) {
        for (const size of [100_000, 3000, 20]) fill(server, i + size, size);
        server.verifyHeap();
      }
      const { args } = generator.next();
      const name = new TextDecoder().decode(args[0]);
      if (isLeftOut.test(name) || args.length === 0) continue;
      const before = contents(server);
      const reply = server.call(...args);
      if (!isRefusal(reply)) continue;
      refused++;
      const addsSeveral = (addsElements.test(name) && args.length > 3) || (addsPairs.test(name) && args.length > 4);
      if (!addsSeveral) assertEquals(contents(server), before, name);
    }
    assert(refused > 50, `${refused} commands were refused`);
  });
}
