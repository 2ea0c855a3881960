/**
 * Escapes in strings, as Lua 5.1 reads them: a backslash before a letter that means nothing there is left out, where Lua 5.2
 * refuses the script or finds a meaning that came later (`\x41`, `\z`).
 *
 * @module
 */

const BACKSLASH = 0x5c;
/** Comments and long strings, which have no escapes, and quoted strings. */
const PIECE = /--\[(=*)\[.*?\]\1\]|--[^\n]*|\[(=*)\[.*?\]\2\]|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gs;
const ESCAPE = /\\(.)/gs;
const KNOWN = /[abfnrtv\\"'\n\r0-9]/;

/** A script with the escapes of Lua 5.1 in those of Lua 5.2; lines stay where they are. */
export function translateEscapes(text: Uint8Array): Uint8Array {
  if (!text.includes(BACKSLASH)) return text;
  const source = Array.from(text, (byte) => String.fromCharCode(byte)).join("");
  const translated = source.replace(PIECE, (piece) => {
    if (piece[0] !== '"' && piece[0] !== "'") return piece;
    return piece.replace(ESCAPE, (escape, char) => KNOWN.test(char) ? escape : char);
  });
  return Uint8Array.from(translated, (char) => char.charCodeAt(0));
}
