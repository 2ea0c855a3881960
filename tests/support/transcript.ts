/**
 * What the oracle answered, kept in the repository.
 *
 * A transcript is replayed where no `redis-server` is installed, and shows in a diff when a case or the oracle changed.
 * Its form is the case's own lines with the replies indented below them; a reply that differs between the protocol
 * versions is given once for each. Long replies are kept as their start and a hash of the whole.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { StepReplies } from "./case_session.ts";
import type { Area, Case, Door } from "./cases.ts";
import { type Mode, sameReply } from "./compare.ts";

const keptCharsMax = 500;
const keptStartChars = 200;
const bothDoors = "   ";

/** The replies to one case, per protocol version. */
export type CaseReplies = Partial<Record<Door, StepReplies>>;

/** The replies to the cases of an area, by title. */
export type AreaReplies = Map<string, CaseReplies>;

function kept(text: string, mode: Mode): string {
  const comparedInParts = mode.name === "info" || mode.name === "keys" || mode.name === "includes";
  if (text.length <= keptCharsMax || comparedInParts) return text;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 32);
  return `${text.slice(0, keptStartChars)} <${text.length} characters, sha256 ${hash}>`;
}

/** Whether a reply counts as equal to one read from a transcript. */
export function sameAsRecorded(recorded: string, actual: string, mode: Mode): boolean {
  return recorded === kept(actual, mode) || sameReply(recorded, actual, mode);
}

function stepLines(replies: CaseReplies, at: number, mode: Mode): string[] {
  const [two, three] = [replies["2"]?.[at], replies["3"]?.[at]];
  const both = two !== undefined && three !== undefined && sameReply(two, three, mode);
  if (both) return [`${bothDoors} ${kept(two, mode)}`];
  const lines: string[] = [];
  if (two !== undefined) lines.push(`  2 ${kept(two, mode)}`);
  if (three !== undefined) lines.push(`  3 ${kept(three, mode)}`);
  return lines;
}

function caseText({ title, steps }: Case, replies: CaseReplies): string {
  return [`== ${title}`, ...steps.flatMap((step, at) => [step.line, ...stepLines(replies, at, step.mode)])].join("\n");
}

/** The transcript's text. */
export function formatTranscript({ name, cases }: Area, replies: AreaReplies): string {
  const head = `Recorded from redis-server 7.0.15 by \`deno task record\`: ${name}`;
  return [head, ...cases.map((one) => caseText(one, replies.get(one.title)!))].join("\n\n") + "\n";
}

/** What a transcript says of one case. */
export interface RecordedCase {
  /** The case's lines as they were when it was recorded. */
  readonly lines: string[];
  /** The replies after each line. */
  readonly replies: { [door in Door]?: string }[];
}

/** Reads a transcript's text; the cases by title. */
export function parseTranscript(text: string): Map<string, RecordedCase> {
  const recorded = new Map<string, RecordedCase>();
  let current: RecordedCase = { lines: [], replies: [] };
  for (const line of text.split("\n").slice(1)) {
    const reply = /^ {2}([ 23]) (.*)$/.exec(line);
    if (line.startsWith("== ")) {
      current = { lines: [], replies: [] };
      recorded.set(line.slice(3), current);
    } else if (reply) {
      const [, door, text] = reply;
      const of = current.replies.at(-1)!;
      if (door !== "3") of["2"] = text;
      if (door !== "2") of["3"] = text;
    } else if (line !== "") {
      current.lines.push(line);
      current.replies.push({});
    }
  }
  return recorded;
}

function transcriptUrl({ name }: Area): URL {
  return new URL(`../transcripts/${name}.txt`, import.meta.url);
}

/** The recorded cases of an area; none when it was never recorded. */
export async function readTranscript(area: Area): Promise<Map<string, RecordedCase>> {
  try {
    return parseTranscript(await Deno.readTextFile(transcriptUrl(area)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw error;
  }
}

/** Writes the transcript of an area. A volatile reply that counts as equal to the recorded one is left as recorded. */
export async function writeTranscript(area: Area, replies: AreaReplies): Promise<void> {
  const recorded = await readTranscript(area);
  for (const { title, steps } of area.cases) {
    const before = recorded.get(title);
    if (before?.lines.join("\n") !== steps.map((step) => step.line).join("\n")) continue;
    for (const [door, stepReplies] of Object.entries(replies.get(title)!) as [Door, StepReplies][]) {
      stepReplies.forEach((reply, at) => {
        const old = before.replies[at][door];
        const { mode } = steps[at];
        if (old !== undefined && reply !== undefined && sameReply(old, reply, mode)) stepReplies[at] = old;
      });
    }
  }
  await Deno.writeTextFile(transcriptUrl(area), formatTranscript(area, replies));
}
