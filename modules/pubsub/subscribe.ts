/**
 * Subscribing and unsubscribing.
 *
 * What is replied is no reply but messages, one for each channel, that come through even where a client wants no replies. A
 * client of RESP2 cannot tell a message from a reply, so as long as it has subscriptions it may do nothing else.
 * Source: https://redis.io/docs/latest/develop/pubsub/
 *
 * @module
 */
import {
  type Client,
  type CommandContext,
  type Interceptor,
  ReplyError,
  type ReplyWriter,
} from "../../server/api/mod.ts";
import { type Broker, broker, type SubscriptionKind } from "./broker.ts";
import { nameBytes } from "./names.ts";

/** One pair of commands. */
interface Pair {
  readonly subscribe: string;
  readonly unsubscribe: string;
  readonly kind: SubscriptionKind;
  /** Where a client counts these subscriptions. */
  readonly counter: "channelCount" | "patternCount" | "shardChannelCount";
  /** The number that messages tell: of all subscriptions that are counted together. */
  told(client: Client): number;
}

const channels: Pair = {
  subscribe: "subscribe",
  unsubscribe: "unsubscribe",
  kind: "channels",
  counter: "channelCount",
  told: ({ channelCount, patternCount }) => channelCount + patternCount,
};

const patterns: Pair = {
  subscribe: "psubscribe",
  unsubscribe: "punsubscribe",
  kind: "patterns",
  counter: "patternCount",
  told: channels.told,
};

const shardChannels: Pair = {
  subscribe: "ssubscribe",
  unsubscribe: "sunsubscribe",
  kind: "shardChannels",
  counter: "shardChannelCount",
  told: ({ shardChannelCount }) => shardChannelCount,
};

const pairs = [channels, patterns, shardChannels];

export const subscribe = (context: CommandContext): void => subscribeTo(channels, context);
export const unsubscribe = (context: CommandContext): void => unsubscribeFrom(channels, context);
export const psubscribe = (context: CommandContext): void => subscribeTo(patterns, context);
export const punsubscribe = (context: CommandContext): void => unsubscribeFrom(patterns, context);
export const ssubscribe = (context: CommandContext): void => subscribeTo(shardChannels, context);
export const sunsubscribe = (context: CommandContext): void => unsubscribeFrom(shardChannels, context);

/** Ends all subscriptions of a client, without a word. */
export function unsubscribeAll(broker: Broker, client: Client): void {
  if (!isSubscribed(client)) return;
  for (const { kind, counter } of pairs) {
    while (broker.removeFirst(kind, client) !== null);
    client[counter] = 0;
  }
  setRestricted(client, false);
}

function setRestricted(client: Client, restricted: boolean): void {
  client.restriction = restricted ? refuseOthers : null;
  if (restricted) client.intercept(refuseOthers);
  else client.release(refuseOthers);
}

function isSubscribed({ channelCount, patternCount, shardChannelCount }: Client): boolean {
  return channelCount + patternCount + shardChannelCount > 0;
}

function subscribeTo(pair: Pair, context: CommandContext): void {
  const { args, client } = context;
  if (client.internal || (pair === shardChannels && context.nested)) {
    throw new ReplyError(`ERR ${pair.subscribe.toUpperCase()} isn't allowed for a DENY BLOCKING client`);
  }
  if (client.closed) return;
  const state = context.state(broker);
  const messages = state.messagesFor(client);
  if (!isSubscribed(client)) setRestricted(client, true);
  for (let i = 1; i < args.count; i++) {
    if (state.add(pair.kind, client, args.passingKey(i))) client[pair.counter]++;
    messages.push(3);
    messages.text(pair.subscribe);
    messages.bulk(args.buffer, args.start(i), args.size(i));
    messages.integer(pair.told(client));
  }
  client.send(messages.buffer, messages.length);
}

function unsubscribeFrom(pair: Pair, context: CommandContext): void {
  const { args, client } = context;
  const state = context.state(broker);
  const messages = state.messagesFor(client);
  const wasSubscribed = isSubscribed(client);
  for (let i = 1; i < args.count; i++) {
    if (state.remove(pair.kind, client, args.passingKey(i))) client[pair.counter]--;
    messages.push(3);
    messages.text(pair.unsubscribe);
    messages.bulk(args.buffer, args.start(i), args.size(i));
    messages.integer(pair.told(client));
  }
  if (args.count === 1) unsubscribeFromEach(pair, state, client, messages);
  if (wasSubscribed && !isSubscribed(client)) setRestricted(client, false);
  client.send(messages.buffer, messages.length);
}

/** A client that has no subscription of the kind is told so. */
function unsubscribeFromEach(pair: Pair, state: Broker, client: Client, messages: ReplyWriter): void {
  const tell = (name: string | null) => {
    messages.push(3);
    messages.text(pair.unsubscribe);
    if (name === null) messages.null();
    else messages.bulk(nameBytes(name));
    messages.integer(pair.told(client));
  };
  if (client[pair.counter] === 0) return tell(null);
  while (client[pair.counter] > 0) {
    const name = state.removeFirst(pair.kind, client);
    client[pair.counter]--;
    tell(name);
  }
}

/** What a client of RESP2 may send that has subscriptions. */
const allowed: ReadonlySet<string> = new Set([
  ...pairs.flatMap(({ subscribe, unsubscribe }) => [subscribe, unsubscribe]),
  ...["ping", "quit", "reset"],
]);

const refuseOthers: Interceptor = ({ client, command }) => {
  if (client.version > 2 || allowed.has(command.name)) return false;
  throw new ReplyError(
    `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed ` +
      "in this context",
  );
};
