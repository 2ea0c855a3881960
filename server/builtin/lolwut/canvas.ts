/**
 * A canvas of dots, two by four to a character, drawn with the Braille patterns of Unicode.
 *
 * @module
 */
const BRAILLE_FIRST = 0x2800;
/** Bits of a character's dots, by row, left and right. */
const DOTS = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

export class Canvas {
  readonly #columns: number;
  readonly #cells: Uint8Array;

  /** Room for so many dots, rounded up to whole characters. */
  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / 2);
    this.#cells = new Uint8Array(this.#columns * Math.ceil(height / 4));
  }

  /** A line between two points; what is outside of the canvas is left out. */
  line(fromX: number, fromY: number, toX: number, toY: number): void {
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY))));
    for (let step = 0; step <= steps; step++) {
      const part = step / steps;
      this.#dot(Math.round(fromX + (toX - fromX) * part), Math.round(fromY + (toY - fromY) * part));
    }
  }

  #dot(x: number, y: number): void {
    const column = x >> 1;
    const cell = (y >> 2) * this.#columns + column;
    if (column < 0 || column >= this.#columns || y < 0 || cell >= this.#cells.length) return;
    this.#cells[cell] |= DOTS[y & 3][x & 1];
  }

  /** Lines of text. */
  toString(): string {
    let text = "";
    this.#cells.forEach((dots, i) => {
      text += String.fromCharCode(BRAILLE_FIRST + dots);
      if ((i + 1) % this.#columns === 0) text += "\n";
    });
    return text;
  }
}
