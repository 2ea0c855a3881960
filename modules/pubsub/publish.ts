/**
 * Publishing. A message is sent on to replicas, whose own clients get it there; it is not kept anywhere.
 *
 * @module
 */
import type { CommandContext } from "../../server/api/mod.ts";
import { broker } from "./broker.ts";

export function publish(context: CommandContext): void {
  const { args, reply } = context;
  const receivers = context.state(broker).publish(args.key(1), args.buffer, args.start(2), args.size(2));
  context.propagateToReplicas();
  reply.integer(receivers);
}

export function spublish(context: CommandContext): void {
  const { args, reply } = context;
  const receivers = context.state(broker).publishToShard(args.key(1), args.buffer, args.start(2), args.size(2));
  context.propagateToReplicas();
  reply.integer(receivers);
}
