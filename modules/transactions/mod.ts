/**
 * Transactions: a client's commands are queued (`queue.ts`) until `EXEC` runs them with nobody in between, unless one of the
 * keys that it watches (`watched_keys.ts`) has changed meanwhile.
 * Source: https://redis.io/docs/latest/develop/interact/transactions/
 *
 * @module
 */
import { type Client, defineModule } from "../../server/api/mod.ts";
import { transactionCommands } from "./commands.ts";
import { queues, refused } from "./queue.ts";
import { watchedKeys, watchers } from "./watched_keys.ts";

/** The transactions module. */
export default defineModule({
  name: "transactions",
  version: 1,
  api: 1,
  commands: transactionCommands,
  hooks: {
    commandRefused: ({ client, command, error }) => refused(client, command, error),
    clientReset: forget,
    clientDisconnected: forget,
    cron: (_subject, host) => host.state(watchedKeys).rest(),
  },
});

function forget(client: Client): void {
  client.knownState(queues)?.end();
  client.knownState(watchers)?.forget();
}
