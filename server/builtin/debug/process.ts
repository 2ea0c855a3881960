/**
 * `DEBUG` on the process: time that is lost, crashes, lines of the log, switches of the server's regular work.
 *
 * @module
 */
import { unreachable } from "../../base/assert.ts";
import { textToFloat64 } from "../../base/number.ts";
import { encodeText } from "../../base/text.ts";
import { maxmemoryClients } from "../../config/options/clients.ts";
import { parseMemory } from "../../config/integer_text.ts";
import { ReplyError } from "../../protocol/errors.ts";
import { PLAIN_BYTES_MIN } from "../../structures/quicklist.ts";
import type { CommandContext } from "../../api/context.ts";
import type { ServerParts } from "../parts.ts";
import { type DebugSubcommand, isOn } from "./subcommand.ts";

const NO_CLIENT_EVICTION = new ReplyError("ERR maxmemory-clients is disabled.");
const BAD_THRESHOLD = new ReplyError("ERR argument must be a memory value bigger than 1 and smaller than 4gb");
/** A parameter of the module for lists, which may be missing. */
const PACKED_THRESHOLD_OPTION = "quicklist-packed-threshold";
const PACKED_THRESHOLD_MAX = 2n ** 32n - 2n ** 20n;
const SMALLEST_BUCKET_LOG2 = 15;
const LARGEST_BUCKET_LOG2 = 32;

export function processSubcommands(parts: ServerParts): readonly DebugSubcommand[] {
  const { log, random } = parts;
  return [
    {
      name: "ASSERT",
      words: [0, 0],
      help: ["ASSERT", "Crash by assertion failed."],
      run: () => unreachable("DEBUG ASSERT was called"),
    },
    {
      name: "CHANGE-REPL-ID",
      words: [0, 0],
      help: [
        "CHANGE-REPL-ID",
        "Change the replication IDs of the instance.",
        "Dangerous: should be used only for testing the replication subsystem.",
      ],
      run({ reply }) {
        log.warning("Changing replication IDs after receiving DEBUG change-repl-id");
        parts.replicationId = random.hex(40);
        reply.ok();
      },
    },
    {
      name: "CLIENT-EVICTION",
      words: [0, 0],
      help: ["CLIENT-EVICTION", "Show low level client eviction pools info (maxmemory-clients)."],
      run: (context) => describeClientMemory(parts, context),
    },
    {
      name: "ERROR",
      words: [1, 1],
      help: [
        "ERROR <string>",
        "Return a Redis protocol error with <string> as message. Useful for clients",
        "unit tests to simulate Redis errors.",
      ],
      // It is no error of the server, and is not counted as one.
      run: ({ args, reply }) => reply.raw(encodeText(`-${args.text(2).replace(/[\r\n]/g, " ")}\r\n`)),
    },
    {
      name: "LOG",
      words: [1, 1],
      help: ["LOG <message>", "Write <message> to the server log."],
      run({ args, reply }) {
        log.warning(`DEBUG LOG: ${args.text(2)}`);
        reply.ok();
      },
    },
    {
      name: "OOM",
      words: [0, 0],
      help: ["OOM", "Crash the server simulating an out-of-memory error."],
      run: () => unreachable("DEBUG OOM was called: out of memory"),
    },
    {
      name: "PANIC",
      words: [0, 0],
      help: ["PANIC", "Crash the server simulating a panic."],
      run: () => unreachable(`Panic called at Unix time ${Math.floor(Date.now() / 1000)}`),
    },
    {
      name: "PAUSE-CRON",
      words: [1, 1],
      help: ["PAUSE-CRON <0|1>", "Stop periodic cron job processing."],
      run({ args, reply }) {
        parts.setCronPaused(isOn(args, 2));
        reply.ok();
      },
    },
    {
      name: "QUICKLIST-PACKED-THRESHOLD",
      words: [1, 1],
      help: [
        "QUICKLIST-PACKED-THRESHOLD <size>",
        "Sets the size of elements from which they get a node of their own, outside of listpacks. Value 0 is for the default.",
      ],
      run: setPackedThreshold,
    },
    {
      name: "REPLICATE",
      words: [1, Infinity],
      help: ["REPLICATE <string>", "Replicates the provided string to replicas, allowing data divergence."],
      run(context) {
        const { args, reply } = context;
        const words = Array.from({ length: args.count - 3 }, (_, i) => args.bytes(i + 3));
        context.propagate(args.text(2), ...words);
        reply.ok();
      },
    },
    {
      name: "SEGFAULT",
      words: [0, 0],
      help: ["SEGFAULT", "Crash the server without any last words."],
      // V8 keeps SIGSEGV for itself, and goes on.
      run: () => Deno.kill(Deno.pid, Deno.build.os === "windows" ? "SIGKILL" : "SIGABRT"),
    },
    {
      name: "SET-ACTIVE-EXPIRE",
      words: [1, 1],
      help: [
        "SET-ACTIVE-EXPIRE <0|1>",
        "Setting it to 0 disables expiring keys in background when they are not",
        "accessed (otherwise the Redis behavior). Setting it to 1 reenables back the",
        "default.",
      ],
      run({ args, reply }) {
        parts.activeExpiry.enabled = isOn(args, 2);
        reply.ok();
      },
    },
    {
      name: "SLEEP",
      words: [1, 1],
      help: ["SLEEP <seconds>", "Stop the server for <seconds>. Decimals allowed."],
      run: sleep,
    },
  ];
}

/** The whole server stands still: that is the purpose. */
function sleep({ args, reply }: CommandContext): void {
  const seconds = textToFloat64(args.text(2));
  if (seconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
  reply.ok();
}

function setPackedThreshold({ args, config, reply }: CommandContext): void {
  const bytes = parseMemory(args.text(2));
  if (bytes === null || bytes > PACKED_THRESHOLD_MAX) throw BAD_THRESHOLD;
  const option = config.find(PACKED_THRESHOLD_OPTION);
  if (option !== undefined) config.replace(option, [String(bytes === 0n ? PLAIN_BYTES_MIN : bytes)]);
  reply.ok();
}

/** How many connections take up how much memory, by powers of two. */
function describeClientMemory({ clients }: ServerParts, { config, reply }: CommandContext): void {
  if (config.get(maxmemoryClients) === 0) throw NO_CLIENT_EVICTION;
  const sizes = [...clients.all].map(({ bufferBytes }) => bufferBytes);
  let text = "";
  let low = 0;
  for (let log2 = SMALLEST_BUCKET_LOG2; log2 <= LARGEST_BUCKET_LOG2 + 1; log2++) {
    const high = log2 > LARGEST_BUCKET_LOG2 ? Infinity : 2 ** log2;
    const bucket = sizes.filter((size) => size >= low && size < high);
    const range = high === Infinity ? `${low}+`.padEnd(23) : `${column(low)} - ${column(high - 1)}`;
    const bytes = bucket.reduce((sum, size) => sum + size, 0);
    text += `bucket ${range}: tot-mem: ${column(bytes)}, clients: ${bucket.length}\n`;
    low = high;
  }
  reply.verbatim(text);
}

function column(value: number): string {
  return String(value).padStart(10);
}
