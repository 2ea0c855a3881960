/**
 * Compares redeno with the oracle, or with what was recorded of it, case by case.
 *
 * With an oracle both servers run the case live, and the recorded transcript is checked too, so that it cannot fall
 * behind. Without one the transcript alone stands in.
 *
 * @module
 */
import { runCase, type StepReplies } from "./case_session.ts";
import type { Area, Case, Door, Step } from "./cases.ts";
import { sameReply } from "./compare.ts";
import type { Address } from "./raw_client.ts";
import { type CaseReplies, type RecordedCase, sameAsRecorded } from "./transcript.ts";

const shownDifferencesMax = 12;
const shownCharsMax = 1500;

/** The replies to the case over each of its protocol versions. */
export async function runDoors(address: Address, one: Case): Promise<CaseReplies> {
  const replies: CaseReplies = {};
  for (const door of one.doors) replies[door] = await runCase(address, one, door);
  return replies;
}

/** The replies to all cases of an area. */
export async function runArea(address: Address, { cases }: Area): Promise<Map<string, CaseReplies>> {
  const replies = new Map<string, CaseReplies>();
  for (const one of cases) replies.set(one.title, await runDoors(address, one));
  return replies;
}

type Same = (expected: string, actual: string, mode: Step["mode"]) => boolean;

function shown(text: string | undefined): string {
  if (text === undefined) return "(none)";
  return text.length > shownCharsMax ? `${text.slice(0, shownCharsMax)}… (${text.length} characters)` : text;
}

function differences(one: Case, door: Door, expected: StepReplies, actual: StepReplies, same: Same): string[] {
  return one.steps.flatMap((step, at) => {
    const [wanted, got] = [expected[at], actual[at]];
    if (wanted === got || (wanted !== undefined && got !== undefined && same(wanted, got, step.mode))) return [];
    return [`  RESP${door} ${step.line}\n    expected ${shown(wanted)}\n    actual   ${shown(got)}`];
  });
}

function report(differing: string[]): string {
  const more = differing.length - shownDifferencesMax;
  return differing.slice(0, shownDifferencesMax).join("\n") + (more > 0 ? `\n  and ${more} more` : "");
}

/** What differs between the live replies of the two servers, as text to print; empty when nothing does. */
export function compareLive(one: Case, expected: CaseReplies, actual: CaseReplies): string {
  return report(one.doors.flatMap((door) => differences(one, door, expected[door]!, actual[door]!, sameReply)));
}

/** What differs from the transcript, as text to print; empty when nothing does. */
export function compareRecorded(one: Case, recorded: RecordedCase | undefined, actual: CaseReplies): string {
  const lines = one.steps.map((step) => step.line).join("\n");
  if (recorded?.lines.join("\n") !== lines) return "  the transcript is out of date: run `deno task record`";
  return report(one.doors.flatMap((door) => {
    const expected = recorded.replies.map((replies) => replies[door]);
    return differences(one, door, expected, actual[door]!, sameAsRecorded);
  }));
}
