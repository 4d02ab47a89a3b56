/**
 * The smallest double from 0 up to which a condition that never turns false again holds; Infinity where no finite one does. First the power of two
 * is found, then the digits: about 65 evaluations for any answer.
 */
export function leastDouble(holds: (x: number) => boolean): number {
  if (holds(0)) return 0;
  if (!holds(Number.MAX_VALUE)) return Infinity;
  // The answer lies above 2^low and not above 2^high.
  let low = -1075;
  let high = 1024;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(2 ** middle)) high = middle;
    else low = middle;
  }
  let below = low < -1074 ? 0 : 2 ** low;
  let above = high > 1023 ? Number.MAX_VALUE : 2 ** high;
  for (;;) {
    const middle = below + (above - below) / 2;
    if (!(middle > below && middle < above)) return above;
    if (holds(middle)) above = middle;
    else below = middle;
  }
}
