/**
 * What a debugged script and its debugger have to tell: lines, sent together as an array of simple strings.
 *
 * @module
 */
import { type Client, decodeText, encodeText, ReplyWriter } from "../../server/api/mod.ts";

/** What values and replies are cut at first, and where the client asks for less than that is possible. */
const BYTES_MAX_AT_FIRST = 256;
const LEAST_BYTES_MAX = 60;
const HINT = "<hint> The above reply was trimmed. Use 'maxlen 0' to disable trimming.";

export class Journal {
  readonly #lines: string[] = [];
  /** Longest line with a value or a reply; 0: any. */
  #bytesMax = BYTES_MAX_AT_FIRST;
  #isHintGiven = false;

  add(line: string): void {
    this.#lines.push(line);
  }

  /** Adds a line with a value or a reply. */
  addTrimmed(line: string): void {
    const bytes = this.#bytesMax === 0 ? null : encodeText(line);
    if (bytes === null || bytes.length <= this.#bytesMax) return this.add(line);
    this.add(`${decodeText(bytes.subarray(0, this.#bytesMax))} ...`);
    if (!this.#isHintGiven) this.add(HINT);
    this.#isHintGiven = true;
  }

  get bytesMax(): number {
    return this.#bytesMax;
  }

  set bytesMax(bytes: number) {
    this.#bytesMax = bytes === 0 ? 0 : Math.max(LEAST_BYTES_MAX, bytes);
    this.#isHintGiven = true;
  }

  /** Says the lines to the client; there are none afterwards. */
  send(client: Client): void {
    const message = new ReplyWriter();
    message.array(this.#lines.length);
    for (const line of this.#lines) message.raw(encodeText(`+${line.replace(/[\r\n]/g, " ")}\r\n`));
    this.#lines.length = 0;
    client.say(message.buffer.subarray(0, message.length));
  }
}
