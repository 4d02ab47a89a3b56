/** Two significant digits from 1 on and below; whole numbers above ten. */
function times(value: number): string {
  return value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** "2.2 to 31, mean 9.7": the least, the largest and the geometric mean. */
export function spread(ratios: readonly number[]): string {
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return ratios.length === 1 ? times(mean) : `${times(least)} to ${times(most)}, mean ${times(mean)}`;
}

/** "in 3 of 7 sizes (0.63 at worst)": where another program is faster. */
export function slower(ratios: readonly number[]): string {
  const lost = ratios.filter((ratio) => ratio < 1);
  return `in ${lost.length} of ${ratios.length} sizes${lost.length === 0 ? "" : ` (${times(Math.min(...lost))} at worst)`}`;
}

/** "1e-9": an upper bound in words of one digit. */
export function within(values: readonly number[]): string {
  const most = Math.max(...values.map(Math.abs));
  const power = Math.floor(Math.log10(most));
  const digit = Math.ceil(most / 10 ** power);
  return digit === 10 ? `1e${power + 1}` : `${digit}e${power}`;
}
