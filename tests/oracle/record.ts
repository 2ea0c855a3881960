/**
 * Records the transcripts from the oracle: `deno task record [area…]`.
 *
 * Each area runs twice, on two oracles, and must answer alike both times, or its cases are not fit for comparing.
 *
 * @module
 */
import { compareLive, runArea } from "../support/case_runner.ts";
import { runDebugSession, writeDebugTranscript } from "../support/debug_session.ts";
import { findOracle, startOracle } from "../support/oracle.ts";
import { writeTranscript } from "../support/transcript.ts";
import { areas } from "./areas.ts";
import { debugSessions } from "./debugger_sessions.ts";

const executable = await findOracle();
if (!executable) throw new Error("there is no redis-server to record from");
const wanted = areas.filter((area) => Deno.args.length === 0 || Deno.args.includes(area.name));
let unfit = 0;
for (const area of wanted) {
  await using first = await startOracle(executable);
  await using second = await startOracle(executable);
  const [replies, again] = await Promise.all([runArea(first, area), runArea(second, area)]);
  for (const one of area.cases) {
    const differing = compareLive(one, replies.get(one.title)!, again.get(one.title)!);
    if (!differing) continue;
    unfit++;
    console.error(`${area.name}: ${one.title}: two oracles answer differently:\n${differing}`);
  }
  await writeTranscript(area, replies);
  console.log(`${area.name}: ${area.cases.length} cases`);
}
if (Deno.args.length === 0 || Deno.args.includes("debugger")) {
  await using oracle = await startOracle(executable);
  const sessions = new Map<string, string[]>();
  for (const one of debugSessions) sessions.set(one.title, await runDebugSession(oracle, one));
  await writeDebugTranscript(sessions);
  console.log(`debugger: ${sessions.size} sessions`);
}
if (unfit > 0) Deno.exit(1);
