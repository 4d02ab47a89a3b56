/** Turns logarithms into responsibilities of sum 1. */
export function toResponsibilities(terms: Float64Array, responsibilities: Float64Array): void {
  let most = -Infinity;
  for (const term of terms) if (term > most) most = term;
  let sum = 0;
  for (let c = 0; c < terms.length; c++) sum += responsibilities[c] = Math.exp(terms[c]! - most);
  for (let c = 0; c < terms.length; c++) responsibilities[c]! /= sum;
}
