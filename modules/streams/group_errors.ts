/**
 * What several commands say of groups.
 *
 * @module
 */
import {
  type Arguments,
  beforeNul,
  type CommandContext,
  type Database,
  decodeText,
  type Key,
  type KeyEvent,
  keyEvent,
  ReplyError,
  type Stream,
  type StreamGroup,
} from "../../server/api/mod.ts";
import { streamType } from "./stream_type.ts";

/** A consumer was created, by its first command or by `XGROUP CREATECONSUMER`. */
export const createConsumerEvent = keyEvent("stream", "xgroup-createconsumer");

/** Bytes as an error shows them: up to the first zero byte, as a string in C ends. */
export function shown(bytes: Uint8Array): string {
  return decodeText(beforeNul(bytes));
}

/** A group that does not exist, as `XGROUP` and `XINFO` say it. */
export function noSuchGroup(group: Uint8Array, key: Uint8Array): ReplyError {
  return new ReplyError(`NOGROUP No such consumer group '${shown(group)}' for key name '${shown(key)}'`);
}

/** The stream and the group at arguments 1 and 2. Throws where one of them is not there. */
export function streamAndGroup(
  args: Arguments,
  db: Database,
): { stream: Stream; group: StreamGroup } {
  const key = args.key(1);
  const stream = db.read(key, streamType);
  const group = stream?.groups.find(args.view(2)) ?? null;
  if (stream === null || group === null) {
    throw new ReplyError(`NOGROUP No such key '${shown(args.view(1))}' or consumer group '${shown(args.view(2))}'`);
  }
  return { stream, group };
}

/** Notes a change of groups or ids: it is no change of the key to those who watch it. */
export function noteGroupChange(context: CommandContext, key: Key, event: KeyEvent): void {
  context.db.notify(key, event);
  context.addDirty(1);
}
