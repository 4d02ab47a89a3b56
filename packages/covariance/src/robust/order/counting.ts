/** 0 … n−1. A plain loop: `Uint32Array.from` calls a function per number. */
export function counting(n: number): Uint32Array {
  const out = new Uint32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  return out;
}
