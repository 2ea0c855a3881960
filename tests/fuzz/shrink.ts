/**
 * Finds a short list of commands that still makes the servers differ.
 *
 * The list is cut into ever smaller pieces, and each piece without which the difference stays is left out: the delta
 * debugging of Zeller and Hildebrandt, without its second half. It costs one run of the remaining list for each piece tried.
 *
 * @module
 */

/** A sub-list for which `fails` still holds; `items` itself must fail. At most `triesMax` runs. */
export async function shrink<T>(
  items: readonly T[],
  fails: (items: readonly T[]) => Promise<boolean>,
  triesMax: number,
): Promise<readonly T[]> {
  let left = items;
  let tries = 0;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length && tries < triesMax;) {
      const without = [...left.slice(0, at), ...left.slice(at + size)];
      tries++;
      if (await fails(without)) left = without;
      else at += size;
    }
  }
  return left;
}
