// A module of its own, to be imported when a batch method runs: programs that score single points then bundle without the kernels.
export { referenceBackend } from "@mixtura/backend";
