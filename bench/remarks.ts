/**
 * What there is to say about figures that fall short: where the time goes and what was tried. Kept beside the figures, and to be
 * looked at whenever they change.
 *
 * @module
 */
import type { Parts } from "./history.ts";

/** Paragraphs under the table of a part. */
export const remarks: Partial<Record<keyof Parts, string>> = {};
