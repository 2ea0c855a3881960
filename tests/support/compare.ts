/**
 * What of a raw reply counts when two servers are compared.
 *
 * By default every byte. Some replies depend on the clock, on hashing seeds or on the machine; a mode says what is left
 * to compare. Each mode turns a reply into text, the same text for replies that count as equal, so that the text can be
 * kept in a transcript and read in a diff. Only `near` and the modes that allow further fields need more than equality.
 *
 * @module
 */
import { escapeBytes } from "./bytes.ts";
import { replyEnd } from "./resp.ts";

/** How replies are compared; `argument` is what follows the colon in a case's `~name:argument`. */
export interface Mode {
  readonly name: ModeName;
  readonly argument?: string;
}

/** Stands in for the reply of a connection that the server closed. */
export const closedText = "<closed>";
/** Stands in for a reply that did not come in time. */
export const nothingText = "<nothing>";

interface Node {
  /** The header of an aggregate, all of a scalar. */
  text: string;
  type: string;
  items: Node[];
}

const pairTypes = "%|";
const aggregateTypes = "*~>%|";

function parseNode(raw: Uint8Array): Node {
  const type = String.fromCharCode(raw[0]);
  if (!aggregateTypes.includes(type)) return { text: escapeBytes(raw), type, items: [] };
  let at = raw.indexOf(0x0a) + 1;
  const text = escapeBytes(raw.subarray(0, at));
  const items: Node[] = [];
  while (at < raw.length) {
    const end = replyEnd(raw, at, raw.length);
    items.push(parseNode(raw.subarray(at, end)));
    at = end;
  }
  return { text, type, items };
}

function nodeText(node: Node): string {
  return node.text + node.items.map(nodeText).join("");
}

function pairTexts(items: readonly Node[], text: (node: Node) => string): string[] {
  return items.flatMap((item, at) => at % 2 === 0 ? [text(item) + (items[at + 1] ? text(items[at + 1]) : "")] : []);
}

function sortedText(node: Node): string {
  const texts = pairTypes.includes(node.type) ? pairTexts(node.items, nodeText) : node.items.map(nodeText);
  return node.text + texts.sort().join("");
}

function unorderedText(node: Node): string {
  const texts = pairTypes.includes(node.type) ? pairTexts(node.items, unorderedText) : node.items.map(unorderedText);
  return node.text + texts.sort().join("");
}

function shapeText(node: Node): string {
  if (node.items.length === 0) return aggregateTypes.includes(node.type) ? node.text : node.type;
  return `${node.text}${node.items.map(shapeText).join("")}`;
}

function scanText({ text, items: [cursor, elements] }: Node): string {
  const finished = cursor.text.endsWith("\\r\\n0\\r\\n");
  return `${text}${finished ? "last" : "more"} ${sortedText(elements)}`;
}

function maskedText({ text, items }: Node, names: string[]): string {
  const isMasked = (name: Node) => names.includes(name.text.split("\\r\\n")[1]);
  return text +
    items.map((item, at) => at % 2 === 1 && isMasked(items[at - 1]) ? shapeText(item) : nodeText(item)).join("");
}

function clockText(text: string): string {
  const time = numberIn(text);
  const now = time > 1e11 ? Date.now() : Date.now() / 1000;
  return `:${Math.round(time - now)}\\r\\n`;
}

/** The payload of a bulk or verbatim string as text, CRLF kept. */
function payload(raw: Uint8Array): string {
  const text = new TextDecoder("latin1").decode(raw);
  const body = text.slice(text.indexOf("\r\n") + 2, -2);
  return text[0] === "=" ? body.slice(4) : body;
}

function infoText(raw: Uint8Array, compared: string[]): string {
  const fields = payload(raw).split("\r\n").filter((line) => line !== "").map((line) => {
    const name = line.split(":")[0];
    return compared.includes(name) || line.startsWith("#") ? line : name;
  });
  return fields.sort().join(" ; ");
}

function clientText(raw: Uint8Array, compared: string[]): string {
  const maskField = (field: string) => {
    const name = field.split("=")[0];
    return compared.includes(name) ? field : name;
  };
  return payload(raw).split("\n").map((line) => line.split(" ").map(maskField).join(" ")).join(" ; ");
}

const modes = {
  /** Every byte. */
  exact: (raw: Uint8Array) => escapeBytes(raw),
  /** The elements of the reply in any order; the pairs of a RESP3 map. */
  sorted: (raw: Uint8Array) => sortedText(parseNode(raw)),
  /** Like `sorted`, at every depth. */
  unordered: (raw: Uint8Array) => unorderedText(parseNode(raw)),
  /** A map, also one that RESP2 flattens to an array, in any order of its pairs. */
  pairs: (raw: Uint8Array) => {
    const node = parseNode(raw);
    return node.text + pairTexts(node.items, nodeText).sort().join("");
  },
  /** The names in a map, also one that RESP2 flattens to an array; the server under test may have more. */
  keys: (raw: Uint8Array) =>
    pairTexts(parseNode(raw).items, (node) => node.text + " ").map(firstOfPair).sort().join(" ; "),
  /** The elements of an array; the server under test may have more. */
  includes: (raw: Uint8Array) => parseNode(raw).items.map(nodeText).sort().join(" ; "),
  /** A map in its order, without the values of the names in `argument`. */
  masked: (raw: Uint8Array, argument = "") => maskedText(parseNode(raw), argument.split(",")),
  /** The reply's type alone. */
  type: (raw: Uint8Array) => String.fromCharCode(raw[0]),
  /** The types and lengths of aggregates at every depth, the types of scalars. */
  shape: (raw: Uint8Array) => shapeText(parseNode(raw)),
  /** An integer, or a bulk string of digits, within `argument` of the other; infinities and signs stay apart. */
  near: (raw: Uint8Array) => escapeBytes(raw),
  /** Every byte but integers, which are within `argument` of the other's. */
  integers: (raw: Uint8Array) => escapeBytes(raw),
  /** A payload of `DUMP`; where times or an order of the server's own are in it, its opcode and length. */
  dumped: (raw: Uint8Array) => dumpedText(raw),
  /** A time as seconds or milliseconds from now, within `argument` of the other. */
  clock: (raw: Uint8Array) => clockText(escapeBytes(raw)),
  /** Everything but the digits, those of addresses in hexadecimal included. */
  digits: (raw: Uint8Array) => escapeBytes(raw).replaceAll(/0x[0-9a-f]+|\d+/g, "0"),
  /** The first word: the code of an error. */
  code: (raw: Uint8Array) => escapeBytes(raw).split(" ")[0],
  /** A cursor that is or is not the last, and the elements in any order. */
  scan: (raw: Uint8Array) => scanText(parseNode(raw)),
  /** Names of `INFO` fields, with the values of those in `argument`; the server under test may have more. */
  info: (raw: Uint8Array, argument = "") => infoText(raw, argument.split(",")),
  /** Lines of `name=value` as in `CLIENT LIST`, with the values of those in `argument`. */
  client: (raw: Uint8Array, argument = "") => clientText(raw, argument.split(",")),
  /** That there is a reply. */
  skip: () => "<any reply>",
};

type ModeName = keyof typeof modes;

/** Opcodes of values that are saved in the order of a hash table, or with times: sets, hashes, sorted sets, streams. */
const unorderedOpcodes = [2, 4, 5, 19];

function dumpedText(raw: Uint8Array): string {
  const first = raw.indexOf(0x0a) + 1;
  if (raw[0] !== 0x24 || !unorderedOpcodes.includes(raw[first])) return escapeBytes(raw);
  return `opcode ${raw[first]}, ${raw.length} bytes`;
}

function firstOfPair(text: string): string {
  return text.split("\\r\\n").slice(0, 2).join("\\r\\n");
}

/** Reads `name` or `name:argument`. */
export function parseMode(text: string): Mode {
  const [name, ...rest] = text.split(":");
  if (!(name in modes)) throw new Error(`unknown mode ~${text}`);
  return { name: name as ModeName, argument: rest.length > 0 ? rest.join(":") : undefined };
}

/** Every byte counts. */
export const exactMode: Mode = { name: "exact" };

/** What of the reply counts, as text. An error is compared exactly in every mode but `code` and `type`. */
export function normalise(raw: Uint8Array, mode: Mode): string {
  const isError = raw[0] === 0x2d;
  if (isError && !["code", "type", "skip", "digits"].includes(mode.name)) return escapeBytes(raw);
  return modes[mode.name](raw, mode.argument);
}

function numberIn(text: string): number {
  return Number(text.replaceAll(/^\$\d+\\r\\n|^[:,]|\\r\\n$/g, ""));
}

/** Whether the two normalised replies count as equal. */
export function sameReply(expected: string, actual: string, mode: Mode): boolean {
  if (expected === actual) return true;
  switch (mode.name) {
    case "clock":
    case "near": {
      const [a, b] = [numberIn(expected), numberIn(actual)];
      return expected[0] === actual[0] && (a < 0) === (b < 0) && Math.abs(a - b) <= Number(mode.argument);
    }
    case "integers": {
      const integer = /(?<=^|\\r\\n):(-?\d+)(?=\\r\\n)/g;
      const [a, b] = [expected, actual].map((text) => [...text.matchAll(integer)].map((match) => Number(match[1])));
      return expected.replaceAll(integer, ":") === actual.replaceAll(integer, ":") &&
        a.every((value, i) => Math.abs(value - b[i]) <= Number(mode.argument));
    }
    case "info":
    case "includes":
    case "keys": {
      const present = new Set(actual.split(" ; "));
      return expected.split(" ; ").every((field) => present.has(field));
    }
    default:
      return false;
  }
}
