// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { congruence } from "../algebra/congruence.ts";
export type { SymmetricEigen } from "../algebra/symmetric-eigen.ts";
export { symmetricEigen, symmetricEigenInTurns, symmetricEigenvaluesInTurns } from "../algebra/symmetric-eigen.ts";
