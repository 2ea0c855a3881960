/**
 * A transcript says what was recorded, and is read back as it was written.
 *
 * @module
 */
import { assertEquals } from "./assert.ts";
import { area } from "./cases.ts";
import { exactMode, parseMode } from "./compare.ts";
import { formatTranscript, parseTranscript, sameAsRecorded } from "./transcript.ts";

const sample = area("sample", "== first\nGET a\n& PING\nGET b\n== second {3}\n~near:5 PTTL k");
const long = "x".repeat(5000);
const replies = new Map([
  ["first", { "2": ["$-1\\r\\n", undefined, long], "3": ["_\\r\\n", undefined, long] }],
  ["second", { "3": [":100\\r\\n"] }],
]);

Deno.test("transcript: written and read back", () => {
  const recorded = parseTranscript(formatTranscript(sample, replies));
  assertEquals([...recorded.keys()], ["first", "second"]);
  const first = recorded.get("first")!;
  assertEquals(first.lines, ["GET a", "& PING", "GET b"]);
  assertEquals(first.replies.slice(0, 2), [{ "2": "$-1\\r\\n", "3": "_\\r\\n" }, {}]);
  assertEquals(recorded.get("second")!.replies, [{ "3": ":100\\r\\n" }]);
});

Deno.test("transcript: a long reply is kept as a hash", () => {
  const text = formatTranscript(sample, replies);
  assertEquals(text.length < 1000, true);
  const kept = parseTranscript(text).get("first")!.replies[2]["2"]!;
  assertEquals(sameAsRecorded(kept, long, exactMode), true);
  assertEquals(sameAsRecorded(kept, long + "x", exactMode), false);
});

Deno.test("transcript: volatile replies are compared by their mode", () => {
  assertEquals(sameAsRecorded(":100\\r\\n", ":103\\r\\n", parseMode("near:5")), true);
  assertEquals(sameAsRecorded(":100\\r\\n", ":103\\r\\n", exactMode), false);
});
