/**
 * The heap verifier of a running server, asked for after each test file: every block of memory is accounted for once.
 *
 * @module
 */
import { type Address, RawClient } from "./raw_client.ts";
import { ErrorReply } from "./resp.ts";

/** Throws what the verifier found. A server under test that is not redeno has no verifier and passes. */
export async function verifyHeap(server: Address): Promise<void> {
  await using client = await RawClient.connect(server);
  if (!String(await client.call("INFO", "server")).includes("redeno_version")) return;
  const reply = await client.call("DEBUG", "VERIFY-HEAP");
  if (reply instanceof ErrorReply) throw new Error(`DEBUG VERIFY-HEAP: ${reply.message}`);
}
