import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";

/** What times depend on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly v8: string;
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown processor",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
  };
}

/** The machine in one line. */
export function machineLine({ cpu, cores, memoryGiB, platform, node, v8 }: Machine): string {
  return `${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}, ${memoryGiB} GiB, ${platform}, Node ${node} (V8 ${v8})`;
}

/** Thread counts to compare: one, and two where the machine has them. */
export const threadCounts: readonly number[] = availableParallelism() > 1 ? [1, 2] : [1];
