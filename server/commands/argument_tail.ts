import { Arguments } from "../protocol/arguments.ts";

/**
 * The arguments from one of them on, as a request of their own: `COMMAND GETKEYS` and `ACL DRYRUN` are given a whole
 * command line. Shares the buffer, so it is good as long as `args` is.
 */
export function argumentTail(args: Arguments, from: number): Arguments {
  const tail = new Arguments();
  tail.reset(args.buffer, args.base);
  for (let i = from; i < args.count; i++) tail.push(args.start(i), args.size(i));
  return tail;
}
