// The dense algebra of the host and the components of a pass, without kernels.
export { congruence } from "./algebra/congruence.ts";
export type { SymmetricEigen } from "./algebra/symmetric-eigen.ts";
export { symmetricEigen, symmetricEigenInTurns } from "./algebra/symmetric-eigen.ts";
export * from "./factors.ts";
