/**
 * Transactions: a client's commands are queued (`queue.ts`) until `EXEC` runs them with nobody in between, unless one of the
 * keys that it watches (`watched_keys.ts`) has changed meanwhile.
 * Source: https://redis.io/docs/latest/develop/interact/transactions/
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { transactionCommands } from "./commands.ts";
import { queues } from "./queue.ts";
import { watchedKeys } from "./watched_keys.ts";

/** The transactions module. */
export default defineModule({
  name: "transactions",
  version: 1,
  api: 1,
  commands: transactionCommands,
  hooks: {
    commandRefused: ({ client, command, error }, host) => host.state(queues).refused(client, command, error),
    clientReset(client, host) {
      host.state(queues).end(client);
      host.state(watchedKeys).forget(client);
    },
    clientDisconnected(client, host) {
      host.state(queues).end(client);
      host.state(watchedKeys).forget(client);
    },
    cron: (_subject, host) => host.state(watchedKeys).rest(),
  },
});
