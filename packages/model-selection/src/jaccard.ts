/** Adds the Jaccard index of each group of `reference` with the group of `labels` that is most like it. */
export function addJaccard(reference: Int32Array, labels: Int32Array, k: number, sums: Float64Array): void {
  const both = new Float64Array(k * k);
  const [first, second] = [new Float64Array(k), new Float64Array(k)];
  reference.forEach((a, row) => {
    const b = labels[row]!;
    both[a * k + b]! += 1;
    first[a]! += 1;
    second[b]! += 1;
  });
  for (let a = 0; a < k; a++) {
    let best = 0;
    for (let b = 0; b < k; b++) {
      const union = first[a]! + second[b]! - both[a * k + b]!;
      if (union > 0) best = Math.max(best, both[a * k + b]! / union);
    }
    sums[a]! += best;
  }
}
