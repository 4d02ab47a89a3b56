/** From this many values on, a sample narrows the search before it goes through all of them. */
const LONG = 600;

/**
 * Reorders `values[first … last]` until the value of rank `rank` is where sorting would put it: nothing larger before it, nothing smaller after.
 *
 * @param values finite or infinite, no NaN; written to
 * @param rank a place in `first … last`, counted from the start of `values`
 * @returns `values[rank]` afterwards
 * @remarks O(n) on average, no memory: about 1.5 comparisons per value where there are many.
 * @see Floyd & Rivest, Algorithm 489: Select, Communications of the ACM 18 (1975)
 */
export function select(values: Float64Array, rank: number, first = 0, last: number = values.length - 1): number {
  let left = first;
  let right = last;
  while (right > left) {
    if (right - left > LONG) {
      const n = right - left + 1;
      const place = rank - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const margin = 0.5 * Math.sqrt((z * s * (n - s)) / n) * Math.sign(place - n / 2);
      const low = Math.max(left, Math.floor(rank - (place * s) / n + margin));
      const high = Math.min(right, Math.floor(rank + ((n - place) * s) / n + margin));
      select(values, rank, low, high);
    }
    const pivot = values[rank]!;
    let i = left;
    let j = right;
    values[rank] = values[left]!;
    values[left] = pivot;
    const swapped = values[right]! > pivot;
    if (swapped) exchange(values, left, right);
    while (i < j) {
      exchange(values, i++, j--);
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
    }
    if (values[left] === pivot) exchange(values, left, j);
    else exchange(values, ++j, right);
    if (j <= rank) left = j + 1;
    if (rank <= j) right = j - 1;
  }
  return values[rank]!;
}

/**
 * The median of `values[0 … count − 1]`: the mean of the two middle values where their number is even. Reorders them.
 *
 * @remarks O(n).
 */
export function medianInPlace(values: Float64Array, count: number = values.length): number {
  const middle = count >> 1;
  const upper = select(values, middle, 0, count - 1);
  if (count % 2 === 1) return upper;
  let lower = values[0]!;
  for (let i = 1; i < middle; i++) if (values[i]! > lower) lower = values[i]!;
  return lower + (upper - lower) / 2;
}

function exchange(values: Float64Array, a: number, b: number): void {
  const kept = values[a]!;
  values[a] = values[b]!;
  values[b] = kept;
}
