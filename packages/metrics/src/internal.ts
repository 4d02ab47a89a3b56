// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { checkLabels } from "./labels.ts";
