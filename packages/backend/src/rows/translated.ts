/** The same points (rows of `origin.length` numbers) in coordinates whose origin lies elsewhere; −1 takes them there, 1 back. */
export function translated(points: Float64Array, origin: Float64Array, sign: 1 | -1): Float64Array {
  return points.map((value, index) => value + sign * origin[index % origin.length]!);
}
