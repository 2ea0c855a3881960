/**
 * Numbers of bytes to be read by people: `1.50K`, `2.00G`, binary units.
 *
 * @module
 */
const UNITS = ["K", "M", "G", "T", "P"];

/** Two decimals and a unit; below 1024, the bytes themselves. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`;
  const unit = Math.min(UNITS.length, Math.floor(Math.log2(bytes) / 10));
  return (bytes / 1024 ** unit).toFixed(2) + UNITS[unit - 1];
}
