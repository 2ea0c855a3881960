/**
 * Scripts as Lua 5.1 reads them, in the words of Lua 5.2; lines stay where they are.
 *
 * - A backslash in a string before a letter that means nothing there is left out, where Lua 5.2 refuses the script or finds a
 *   meaning that came later (`\x41`, `\z`).
 * - A function with `...` has its further arguments in the table `arg`, too, where it asks for it.
 *
 * @module
 */

const BACKSLASH = 0x5c;
/** Comments and long strings, which stay as they are, quoted strings, and functions of any number of arguments. */
const PIECE =
  /--\[(=*)\[.*?\]\1\]|--[^\n]*|\[(=*)\[.*?\]\2\]|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\bfunction\b[^()"'[]*\([^()]*\.\.\.\s*\)/gs;
const ESCAPE = /\\(.)/gs;
const KNOWN = /[abfnrtv\\"'\n\r0-9]/;
const MENTIONS_ARG = /\barg\b/;
const ARG_TABLE = " local arg={n=select('#',...),...} ";

/** A script of Lua 5.1 as one of Lua 5.2. */
export function asLua52(text: Uint8Array): Uint8Array {
  const source = Array.from(text, (byte) => String.fromCharCode(byte)).join("");
  const usesArg = MENTIONS_ARG.test(source);
  if (!usesArg && !text.includes(BACKSLASH)) return text;
  const translated = source.replace(PIECE, (piece) => {
    if (piece[0] === '"' || piece[0] === "'") {
      return piece.replace(ESCAPE, (escape, char) => KNOWN.test(char) ? escape : char);
    }
    return piece[0] === "f" && usesArg ? piece + ARG_TABLE : piece;
  });
  return Uint8Array.from(translated, (char) => char.charCodeAt(0));
}
