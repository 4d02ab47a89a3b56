/**
 * The greatest of some numbers, however many they are: a call with each as an argument ends at about a hundred thousand.
 *
 * @param least what is returned where there are none greater
 * @example
 * ```ts run
 * greatestOf([1, 3, 2]) // => 3
 * greatestOf([], 0) // => 0
 * ```
 */
export function greatestOf(numbers: ArrayLike<number>, least = -Infinity): number {
  let found = least;
  for (let i = 0; i < numbers.length; i++) found = Math.max(found, numbers[i]!);
  return found;
}

/**
 * The least of some numbers, however many they are.
 *
 * @param most what is returned where there are none less
 * @example
 * ```ts run
 * leastOf([1, 3, 2]) // => 1
 * leastOf([], 0) // => 0
 * ```
 */
export function leastOf(numbers: ArrayLike<number>, most = Infinity): number {
  let found = most;
  for (let i = 0; i < numbers.length; i++) found = Math.min(found, numbers[i]!);
  return found;
}

/**
 * √Σ x², without squares that leave the range of doubles.
 *
 * @example
 * ```ts run
 * normOf([3e200, 4e200]) // ≈ 5e200
 * ```
 */
export function normOf(numbers: ArrayLike<number>): number {
  let size = 0;
  for (let i = 0; i < numbers.length; i++) size = Math.max(size, Math.abs(numbers[i]!));
  if (size === 0 || size === Infinity) return size;
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i]! / size) ** 2;
  return size * Math.sqrt(sum);
}
