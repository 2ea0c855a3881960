/**
 * Squares in rows and columns that lose their order on the way down: after Georg Nees, "Schotter", 1968, one of the first
 * pictures that a computer drew.
 *
 * @module
 */
import type { Random } from "../../base/random.ts";
import { Canvas } from "./canvas.ts";

/** What is drawn. */
export interface SquaresShape {
  /** Width of the picture in characters. */
  readonly columns: number;
  readonly squaresPerRow: number;
  readonly squaresPerColumn: number;
}

/** Longer pictures end here. */
const HEIGHT_MAX = 4000;

/** Lines of text. */
export function squares({ columns, squaresPerRow, squaresPerColumn }: SquaresShape, random: Random): string {
  const width = columns * 2;
  const margin = columns > 4 ? 2 : 0;
  const side = (width - 2 * margin) / squaresPerRow;
  const height = Math.max(1, Math.min(HEIGHT_MAX, Math.round(side * squaresPerColumn + 2 * margin)));
  const canvas = new Canvas(width, height);
  for (let row = 0; row < squaresPerColumn; row++) {
    // The first third stands in order.
    const disorder = Math.max(0, (row + 1) / squaresPerColumn - 1 / 3) * 1.5;
    for (let column = 0; column < squaresPerRow; column++) {
      const stray = () => (random.fraction() - 0.5) * side * 0.9 * disorder;
      const x = margin + side * (column + 0.5) + stray();
      const y = margin + side * (row + 0.5) + stray();
      square(canvas, x, y, side / 2, (random.fraction() - 0.5) * Math.PI * 0.6 * disorder);
    }
  }
  return canvas.toString();
}

function square(canvas: Canvas, x: number, y: number, radius: number, angle: number): void {
  const corner = (i: number): [number, number] => {
    const turn = angle + Math.PI / 4 + (i * Math.PI) / 2;
    return [x + Math.SQRT2 * radius * Math.cos(turn), y + Math.SQRT2 * radius * Math.sin(turn)];
  };
  for (let i = 0; i < 4; i++) canvas.line(...corner(i), ...corner(i + 1));
}
