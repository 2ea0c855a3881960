/**
 * Sends damaged requests, byte for byte the same, to the oracle and to redeno; the replies and the moment at which the
 * connection closes must be the same.
 *
 * Each round takes a pipeline of good requests, damages it (bytes changed, cut out, doubled, put in) and sends it in
 * pieces on a new connection whose writing side it then closes, so that both servers come to an end whatever they are still
 * waiting for. The byte 0 is left out: the C server takes it for the end of a line.
 *
 * @module
 */
import { concatBytes, equalBytes, escapeBytes } from "../support/bytes.ts";
import { type Address, RawClient } from "../support/raw_client.ts";
import { encodeCommand } from "../support/resp.ts";
import { SeededRandom } from "./seeded_random.ts";

const stateEvery = 200;
const piecesMax = 3;
const damagesMax = 4;

const goodRequests: Uint8Array[] = [
  encodeCommand(["PING"]),
  encodeCommand(["PING", "greet"]),
  encodeCommand(["SET", "k", "v"]),
  encodeCommand(["SET", "k", "10"]),
  encodeCommand(["GET", "k"]),
  encodeCommand(["INCR", "n"]),
  encodeCommand(["APPEND", "k", "a\r\nb"]),
  encodeCommand(["ECHO", "x".repeat(300)]),
  encodeCommand(["ECHO", "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"]),
  encodeCommand(["MSET", "a", "1", "b", "2"]),
  encodeCommand(["MGET", "a", "b", "nosuch"]),
  encodeCommand(["DEL", "a"]),
  encodeCommand(["STRLEN", "k"]),
  encodeCommand(["NOSUCH", "a", "b"]),
  encodeCommand(["SELECT", "1"]),
  ...["PING\r\n", "SET k 'in line'\r\n", 'ECHO "a\\x41\\n"\r\n', "GET k\n", "\r\n", "*0\r\n", "*-1\r\n"].map((text) =>
    new TextEncoder().encode(text)
  ),
];

const tempting = ["\r\n", "\n", "\r", "*1\r\n", "$1\r\n", "*", "$", "-1", "'", '"', "\\", "99999999999", " "].map((
  text,
) => new TextEncoder().encode(text));

function damage(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.integer(0, bytes.length);
  const until = Math.min(bytes.length, at + random.integer(1, 8));
  const [before, middle, after] = [bytes.subarray(0, at), bytes.subarray(at, until), bytes.subarray(until)];
  switch (random.integer(0, 4)) {
    case 0:
      return concatBytes([before, random.bytes(middle.length), after]);
    case 1:
      return concatBytes([before, after]);
    case 2:
      return concatBytes([before, middle, middle, after]);
    case 3:
      return concatBytes([before, random.pick(tempting), middle, after]);
    default:
      return before;
  }
}

function makeInput(random: SeededRandom): Uint8Array {
  let bytes = concatBytes(Array.from({ length: random.integer(1, 5) }, () => random.pick(goodRequests)));
  for (let left = random.integer(0, damagesMax); left > 0; left--) bytes = damage(bytes, random);
  return bytes;
}

function cut(bytes: Uint8Array, random: SeededRandom): Uint8Array[] {
  const cuts = Array.from({ length: random.integer(0, piecesMax - 1) }, () => random.integer(0, bytes.length)).sort((
    a,
    b,
  ) => a - b);
  return [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at] ?? bytes.length)).filter(({ length }) =>
    length > 0
  );
}

async function feed(address: Address, control: RawClient, pieces: readonly Uint8Array[]): Promise<Uint8Array> {
  await using client = await RawClient.connect(address);
  try {
    for (const [at, piece] of pieces.entries()) {
      if (at > 0) await control.command("PING");
      await client.sendRaw(piece);
    }
    await client.closeWrite();
  } catch (error) {
    const closedByServer = error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.ConnectionReset ||
      error instanceof Deno.errors.NotConnected;
    if (!closedByServer) throw error;
  }
  return await client.readUntilClose();
}

/** What to run. */
export interface ProtocolFuzzRun {
  readonly oracle: Address;
  readonly redeno: Address;
  readonly seed: number;
  readonly rounds: number;
}

/** Runs the rounds; what differed, as text, or `undefined`. */
export async function fuzzProtocol({ oracle, redeno, seed, rounds }: ProtocolFuzzRun): Promise<string | undefined> {
  const random = new SeededRandom(seed);
  await using first = await RawClient.connect(oracle);
  await using second = await RawClient.connect(redeno);
  for (const control of [first, second]) await control.command("FLUSHALL");
  for (let round = 1; round <= rounds; round++) {
    const pieces = cut(makeInput(random), random);
    const [expected, actual] = await Promise.all([feed(oracle, first, pieces), feed(redeno, second, pieces)]);
    if (!equalBytes(expected, actual)) {
      const sent = pieces.map((piece) => `    "${escapeBytes(piece)}"`).join("\n");
      return `seed ${seed}, round ${round}, after these pieces:\n${sent}\n    expected "${escapeBytes(expected)}"\n` +
        `    actual   "${escapeBytes(actual)}"`;
    }
    if (round % stateEvery !== 0) continue;
    const digests = await Promise.all([first.command("DEBUG", "DIGEST"), second.command("DEBUG", "DIGEST")]);
    if (!equalBytes(...digests as [Uint8Array, Uint8Array])) {
      return `seed ${seed}: after ${round} rounds the digests differ`;
    }
  }
  return undefined;
}
