/**
 * What a value contains, as text: two values of a type are the same when this is.
 *
 * @module
 */
import type { AnyType, DigestOutput } from "../../server/api/type.ts";
import { escapeBytes } from "../support/bytes.ts";

class CollectedContent implements DigestOutput {
  readonly #ordered: string[] = [];
  readonly #unordered: string[] = [];

  ordered(bytes: Uint8Array): void {
    this.#ordered.push(`"${escapeBytes(bytes)}"`);
  }

  unordered(...parts: Uint8Array[]): void {
    this.#unordered.push(parts.map((part) => `"${escapeBytes(part)}"`).join(" "));
  }

  get text(): string {
    return [...this.#ordered, ...this.#unordered.toSorted()].join("\n");
  }
}

/** The content of a value, as its type tells it to `DEBUG DIGEST`. */
export function contentOf(type: AnyType, value: unknown): string {
  const content = new CollectedContent();
  // A list of types of different values has no common type of value; this one is its type's own.
  type.digest(value as never, content);
  return content.text;
}
