/**
 * Tracking: clients that keep a copy of what they have read are told when it is out of date.
 * Source: https://redis.io/docs/latest/develop/reference/client-side-caching/
 *
 * `tracker.ts` is one such client, `trackers.ts` all of them and what they have read, `broadcast.ts` those that rather want to
 * be told of every key that begins in some way.
 *
 * @module
 */
import { defineModule } from "../../server/api/mod.ts";
import { trackingSubcommands } from "./commands.ts";
import { trackers } from "./trackers.ts";

/** The tracking module. */
export default defineModule({
  name: "tracking",
  version: 1,
  api: 1,
  subcommands: [{ of: "CLIENT", commands: trackingSubcommands }],
  info: [
    { section: "clients", fields: (host) => [["tracking_clients", host.state(trackers).count]] },
    {
      section: "stats",
      fields(host) {
        const { keyCount, itemCount, broadcast } = host.state(trackers);
        return [
          ["tracking_total_keys", keyCount],
          ["tracking_total_items", itemCount],
          ["tracking_total_prefixes", broadcast.prefixCount],
        ];
      },
    },
  ],
  hooks: {
    clientReset: (client, host) => host.state(trackers).remove(client),
    clientDisconnected: (client, host) => host.state(trackers).remove(client),
    cron: (_subject, host) => host.state(trackers).cron(),
  },
});
