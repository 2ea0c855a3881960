/**
 * Publish and subscribe: messages from whoever publishes one to whoever listens at that moment; and key events as such
 * messages (`notifications.ts`). Messages are not kept.
 *
 * `subscriptions.ts` knows who listens to what, `broker.ts` brings messages to them.
 *
 * @module
 */
import { defineModule, notifyKeyspaceEvents } from "../../server/api/mod.ts";
import { broker } from "./broker.ts";
import { pubsubCommands } from "./commands.ts";
import { notifications } from "./notifications.ts";
import { unsubscribeAll } from "./subscribe.ts";

/** The pubsub module. */
export default defineModule({
  name: "pubsub",
  version: 1,
  api: 1,
  commands: pubsubCommands,
  load(host) {
    const publish = (wanted: number) => host.state(notifications).publish(wanted);
    publish(host.config.get(notifyKeyspaceEvents));
    host.config.onChange(notifyKeyspaceEvents, publish);
  },
  info: [{
    section: "stats",
    fields(host) {
      const { channels, patterns, shardChannels } = host.state(broker);
      return [
        ["pubsub_channels", channels.topicCount],
        ["pubsub_patterns", patterns.topicCount],
        ["pubsubshard_channels", shardChannels.topicCount],
      ];
    },
  }],
  hooks: {
    clientDisconnected: (client, host) => unsubscribeAll(host.state(broker), client),
    clientReset: (client, host) => unsubscribeAll(host.state(broker), client),
  },
});
