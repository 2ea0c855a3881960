/**
 * `PUBSUB`: which channels somebody listens to, and how many.
 *
 * @module
 */
import { type Client, type CommandContext, globMatch, ReplyError, replyHelp } from "../../server/api/mod.ts";
import { broker } from "./broker.ts";
import { nameBytes } from "./names.ts";
import type { Subscriptions } from "./subscriptions.ts";

const HELP = [
  "CHANNELS [<pattern>]",
  "    Return the currently active channels matching a <pattern> (default: '*').",
  "NUMPAT",
  "    Return number of subscriptions to patterns.",
  "NUMSUB [<channel> ...]",
  "    Return the number of subscribers for the specified channels, excluding",
  "    pattern subscriptions(default: no channels).",
  "SHARDCHANNELS [<pattern>]",
  "    Return the currently active shard level channels matching a <pattern> (default: '*').",
  "SHARDNUMSUB [<shardchannel> ...]",
  "    Return the number of subscribers for the specified shard level channel(s)",
];

export const pubsubHelp = ({ reply }: CommandContext): void => replyHelp(reply, "PUBSUB", HELP);

export const pubsubNumpat = (context: CommandContext): void =>
  context.reply.integer(context.state(broker).patterns.topicCount);

export const pubsubChannels = (context: CommandContext): void => replyNames(context, context.state(broker).channels);

export const pubsubShardchannels = (context: CommandContext): void =>
  replyNames(context, context.state(broker).shardChannels);

export const pubsubNumsub = (context: CommandContext): void => replyCounts(context, context.state(broker).channels);

export const pubsubShardnumsub = (context: CommandContext): void =>
  replyCounts(context, context.state(broker).shardChannels);

function replyNames({ args, reply }: CommandContext, subscriptions: Subscriptions<Client>): void {
  if (args.count > 3) {
    throw new ReplyError(
      `ERR unknown subcommand or wrong number of arguments for '${args.text(1)}'. Try PUBSUB HELP.`,
    );
  }
  const pattern = args.count === 3 ? args.view(2) : null;
  const mark = reply.arrayLater();
  let count = 0;
  subscriptions.forEachTopic((topic) => {
    const name = nameBytes(subscriptions.nameOf(topic));
    if (pattern !== null && !globMatch(pattern, name)) return;
    reply.bulk(name);
    count++;
  });
  reply.close(mark, count);
}

function replyCounts({ args, reply }: CommandContext, subscriptions: Subscriptions<Client>): void {
  reply.array((args.count - 2) * 2);
  for (let i = 2; i < args.count; i++) {
    reply.bulk(args.buffer, args.start(i), args.size(i));
    reply.integer(subscriptions.countOf(subscriptions.topic(args.passingKey(i))));
  }
}
