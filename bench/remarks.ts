/**
 * What there is to say about figures that fall short: where the time goes and what was tried. Kept beside the figures, and to be
 * looked at whenever they change.
 *
 * @module
 */
import type { Parts } from "./history.ts";

/** Paragraphs under the table of a part. */
export const remarks: Partial<Record<keyof Parts, string>> = {
  throughput: `Where a ratio is over 1.0:

- One request at a time, 50 clients: a request is a read and a write of the runtime, and those cost more than redis-server's
  whole request (see "What the runtime costs"): with \`PING\` redeno is within 0.1 µs of a program that does nothing. Commands
  that work more are nearer to redis-server, because the work itself is cheaper here. Tried, without effect: \`node:net\`, the C
  library's \`epoll\`, \`recv\` and \`send\` over FFI, one promise less, V8's flags for the compiler and the collector.
- 1,000 clients: the same, and 0.6 to 1 µs more for the state of connections that have left the processor's cache.
- 16,384 bytes, one request at a time: a value is copied once more than in redis-server, out of the heap, which workers share,
  into the output of its connection, and on its way in it does not fit the first read; that is the same 2 µs a request for \`SET\`
  and \`GET\`. With 1,000 clients both servers are within the noise of the machine's memory.
`.trim(),
  commands: `Where a ratio is over 1.0:

- One request at a time: the runtime's reads and writes (see "What the runtime costs"). That part, about 1 µs a request, is all
  that \`PING\` has over redis-server; commands that work more than half a microsecond are nearer.
- \`LPUSH\`, \`RPUSH\`, \`LPOP\`, \`RPOP\`, \`SISMEMBER\` of an intset, \`PFADD\` and, because nine of ten meet an empty key, \`SPOP\` and
  \`ZPOPMIN\` at pipeline 16: beyond \`PING\` these cost redis-server 0.1 to 0.15 µs, and here 0.05 to 0.08 more. It is what opening
  a value through a cursor costs: its entry, its root, its block, each a bounds-checked access.
- \`SINTER\`: 47 ns a member, of which hashing takes 10, the search 17, showing it 8, the reply the rest.
- \`ZRANGE 0 9\` of a large sorted set: a copy of each member from its block, about 29 ns, in a command of 0.8 µs.
- \`XADD\`: full nodes are moved to smaller blocks, which touches fresh pages; \`ZADD\` of a small set and \`GEOSEARCH\` are within
  the noise of the measurement.
- \`BITOP\` of 10 KB: to combine that much takes 0.36 µs in WebAssembly, 128 bits at a time; larger steps gain a twentieth.
- Transactions: a request is counted here as the whole of them, \`MULTI\` to \`EXEC\`. Half a microsecond of the CPU is the requests
  as such; one look at the clock, which redis-server takes for each command and redeno for each transaction, is 0.08 µs.
`.trim(),
  pubsub:
    `Where a ratio is over 1.0: each message is a write to another connection, and nine tenths of the time are spent in those
(in a profile at pipeline 16, 80 per cent in the runtime's write, of which most is the system's). With one publisher that waits
for each reply the event loop comes to rest after each request, too: a \`PUBLISH\` that nobody listens to costs 7.4 µs then, where
redis-server needs 3.9. Messages to one channel that come together are handed to each subscriber as one piece.`,
  scripts: `Where a ratio is over 1.0:

- The engine of Lua is C compiled to JavaScript: where a script only calculates, it takes about three times what C takes.
- \`SET\`, the ten commands and the rate limiter at pipeline 16: the profile is flat. A third of it is the engine, the rest the way
  of each command and of its reply into Lua. Two looks at the clock are 0.12 of about 1.2 µs a command; so of the commands of
  constant time that scripts call, one in eight is measured.
- JSON is read and written here; two thirds of that row is the making of tables in Lua. They are made to grow, and not of
  their size at once, as a script would else walk over them in another order than with redis-server.
`.trim(),
  values:
    `The list and the stream are over 1.0: about 10 MB of each row here are not data but the runtime, which compiles the first
commands it is sent. For the list, /proc/PID/smaps tells 15.9 MB of the heap that holds the data, 3.9 MB of the executable that is
read for the first time, 4.7 MB of the C library's memory for the compiler's threads, 1.3 MB of JavaScript's heap and code. The
same stream added to a server that has worked before takes 26.0 MB. A smaller young generation (\`--max-semi-space-size\`) changes
nothing.`,
  large:
    `What is longest, while a value grows, is a turn that runs a pipeline of lines of many elements each: redis-server's turns are as
long. The blocks of a value's hash table, of which ten million
elements have 20,000, are freed in portions like the elements.`,
  floor:
    `At 50 clients redeno costs what an empty program on this runtime costs; both are above redis-server by what \`Deno.Conn\`'s
reads and writes need, two asynchronous operations a request.`,
};
