/**
 * Sessions with the debugger of scripts: what is sent, and what comes back, as lines of text that can be kept and compared.
 *
 * @module
 */
import { encodeText } from "../../server/base/text.ts";
import { escapeBytes } from "./bytes.ts";
import { RawClient } from "./raw_client.ts";
import type { ServerProcess } from "./server_process.ts";

/** One session. */
export interface DebugSessionCase {
  readonly title: string;
  /** Commands before it, words by blanks. */
  readonly before?: readonly string[];
  /** The lines of the script. */
  readonly script: readonly string[];
  /** Keys and arguments of the script: their number, then they themselves. */
  readonly arguments?: readonly string[];
  /** What is sent after the script: words by blanks or, as bytes, anything. */
  readonly requests: readonly (string | Uint8Array)[];
  /** What is sent in place of `EVAL`. */
  readonly command?: readonly string[];
}

const transcriptUrl = new URL("../transcripts/debugger.txt", import.meta.url);
/** Where a value is in memory. */
const ADDRESS = /@0x[0-9a-f]+/g;

/** The session on a server without data: a line for each request, and one for each of its replies. */
export async function runDebugSession(server: ServerProcess, one: DebugSessionCase): Promise<string[]> {
  await using client = await RawClient.connect(server);
  const lines: string[] = [];
  const say = async (request: readonly string[] | Uint8Array) => {
    const isRaw = request instanceof Uint8Array;
    lines.push(`> ${isRaw ? escapeBytes(request) : request.join(" ").replaceAll("\r", "\\r").replaceAll("\n", "\\n")}`);
    await (isRaw ? client.sendRaw(request) : client.send(...request));
    const reply = await client.readReply();
    const text = reply === null ? "closed" : escapeBytes(reply);
    lines.push(`< ${text.replace(ADDRESS, "@0x…")}`);
    if (!text.includes("<endsession>")) return reply !== null;
    lines.push(`< ${escapeBytes(await client.readUntilClose())} closed`);
    return false;
  };
  await say(["FLUSHALL"]);
  for (const line of one.before ?? []) await say(line.split(" "));
  await say(["SCRIPT", "DEBUG", "SYNC"]);
  const requests = [
    [...one.command ?? ["EVAL"], one.script.join("\n"), ...one.arguments ?? ["0"]],
    ...one.requests.map((request) => typeof request === "string" ? request.split(" ") : request),
  ];
  for (const request of requests) if (!await say(request)) break;
  return lines;
}

/** Keeps what the sessions of an oracle were. */
export async function writeDebugTranscript(sessions: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const text = [...sessions].map(([title, lines]) => `== ${title}\n${lines.join("\n")}\n`).join("\n");
  await Deno.writeFile(transcriptUrl, encodeText(text));
}

/** Brings them back, by title. */
export async function readDebugTranscript(): Promise<Map<string, string[]>> {
  const text = await Deno.readTextFile(transcriptUrl);
  return new Map(
    text.split(/^== /m).slice(1).map((part) => {
      const [title, ...lines] = part.trimEnd().split("\n");
      return [title, lines];
    }),
  );
}
