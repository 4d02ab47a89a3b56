export { readAddress } from "../state/address.ts";
export type { Vocabulary } from "../state/address.ts";
export { commandLine } from "./command-line.ts";
export { scikitLearn } from "./scikit-learn.ts";
export type { Subject } from "./subject.ts";
export { typeScript } from "./typescript.ts";
