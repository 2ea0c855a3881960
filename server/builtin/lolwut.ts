/**
 * `LOLWUT`: a picture, and the version at its end. Redis draws another one with each major version, and none with 7.
 * Source: https://redis.io/docs/latest/commands/lolwut/
 *
 * @module
 */
import { argument } from "../api/argument.ts";
import { type CommandDefinition, defineCommand } from "../api/command.ts";
import type { CommandContext } from "../api/context.ts";
import type { Random } from "../base/random.ts";
import { REDIS_VERSION } from "../base/version.ts";
import { ridges } from "./lolwut/ridges.ts";
import { squares } from "./lolwut/squares.ts";

const COLUMNS_MAX = 1000;
const ROWS_MAX = 1000;
const SQUARES_MAX = 200;

/** The command of this file. */
export const lolwutCommand: CommandDefinition = defineCommand({
  name: "LOLWUT",
  summary: "Display some computer art and the Redis version",
  since: "5.0.0",
  group: "server",
  arity: -1,
  flags: ["readonly", "fast"],
  arguments: [argument.integer("version", { token: "VERSION", optional: true })],
  run: lolwut,
});

function lolwut(context: CommandContext): void {
  const { args, random, reply } = context;
  const version = args.count > 2 && args.is(1, "VERSION") ? args.integer(2) : 0;
  const numbers = version === 5 || version === 6 ? numbersFrom(context, 3, 3) : [];
  reply.verbatim(`${picture(version, numbers, random)}Redis ver. ${REDIS_VERSION}\n`);
}

function picture(version: number, numbers: readonly number[], random: Random): string {
  if (version === 5) {
    const [columns = 66, squaresPerRow = 8, squaresPerColumn = 12] = numbers;
    const shape = {
      columns: clamp(columns, COLUMNS_MAX),
      squaresPerRow: clamp(squaresPerRow, SQUARES_MAX),
      squaresPerColumn: clamp(squaresPerColumn, SQUARES_MAX),
    };
    return `${squares(shape, random)}\nAfter Georg Nees, "Schotter", plotter on paper, 1968. `;
  }
  if (version !== 6) return "";
  const [columns = 80, rows = 20] = numbers;
  return `${ridges(clamp(columns, COLUMNS_MAX), clamp(rows, ROWS_MAX), random)}\nRidges at dusk. `;
}

/** Up to `count` integers from the argument `first` on. */
function numbersFrom({ args }: CommandContext, first: number, count: number): number[] {
  const length = Math.max(0, Math.min(args.count - first, count));
  return Array.from({ length }, (_, i) => args.integer(first + i));
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(1, value));
}
