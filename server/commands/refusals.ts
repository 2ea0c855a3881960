/**
 * The errors for requests that name no command or have too few words, as Redis 7.0 words them.
 *
 * @module
 */
import { beforeNul, decodeText } from "../base/text.ts";
import type { Arguments } from "../protocol/arguments.ts";
import { ReplyError } from "../protocol/errors.ts";
import type { Command } from "./command.ts";

const PREVIEW_BYTES_MAX = 128;

/** Names the command and shows the beginning of its arguments. */
export function unknownCommand(args: Arguments): ReplyError {
  let preview = "";
  for (let i = 1, previewBytes = 0; i < args.count && previewBytes < PREVIEW_BYTES_MAX; i++) {
    const shown = beginning(args, i, PREVIEW_BYTES_MAX - previewBytes);
    preview += `'${decodeText(shown)}' `;
    previewBytes += shown.length + 3;
  }
  return new ReplyError(
    `ERR unknown command '${decodeText(beginning(args, 0, PREVIEW_BYTES_MAX))}', with args beginning with: ${preview}`,
  );
}

/** Names the sub-command that its container does not have. */
export function unknownSubcommand(container: Command, args: Arguments): ReplyError {
  return new ReplyError(
    `ERR unknown subcommand '${
      decodeText(beginning(args, 1, PREVIEW_BYTES_MAX))
    }'. Try ${container.name.toUpperCase()} HELP.`,
  );
}

/** Too few or too many words. */
export function wrongArity(command: Command): ReplyError {
  return new ReplyError(`ERR wrong number of arguments for '${command.name}' command`);
}

/** Up to `bytesMax` bytes of an argument, up to the first NUL, as C prints it. */
function beginning(args: Arguments, i: number, bytesMax: number): Uint8Array {
  return beforeNul(args.view(i).subarray(0, bytesMax));
}
