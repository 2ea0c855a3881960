/**
 * More was asked for than a limit of this server allows. The client learns it from the message.
 *
 * @module
 */
export class LimitError extends Error {
  override name = "LimitError";
}
