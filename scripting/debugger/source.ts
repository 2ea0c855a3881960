/**
 * The lines of a script as the debugger shows them, with the line that comes next and those with a breakpoint marked.
 *
 * @module
 */
import { decodeText } from "../../server/api/mod.ts";

const BREAKPOINTS_MAX = 64;

export class Source {
  readonly #lines: readonly string[];
  /** Lines with a breakpoint, in the order in which they were added. */
  readonly breakpoints = new Set<number>();
  /** The line that comes next. */
  line = 0;

  constructor(text: Uint8Array) {
    const trimmed = decodeText(text).replace(/[\r\n]+$/, "");
    this.#lines = trimmed === "" ? [] : trimmed.split("\n");
  }

  /** One line, with its number. */
  show(number: number): string {
    const isNext = number === this.line;
    const marks = (isNext ? "->" : "  ") + (this.breakpoints.has(number) ? "#" : " ");
    return `${marks}${String(number).padEnd(3)} ${this.#lines[number - 1] ?? "<out of range source code line>"}`;
  }

  /** So many lines before and after one; none where `around` is negative. */
  *list(number: number, around: number): Iterable<string> {
    const last = Math.min(this.#lines.length, number + around);
    for (let i = Math.max(1, number - around); i <= last; i++) yield this.show(i);
  }

  /** Whether there is room for another breakpoint. */
  get isFull(): boolean {
    return this.breakpoints.size === BREAKPOINTS_MAX;
  }

  /** False where there is no such line, or a breakpoint already. */
  addBreakpoint(number: number): boolean {
    if (number < 1 || number > this.#lines.length || this.breakpoints.has(number)) return false;
    this.breakpoints.add(number);
    return true;
  }
}
