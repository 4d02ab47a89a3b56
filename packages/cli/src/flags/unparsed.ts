/** The values of a flag among arguments that are not parsed yet. */
export function flagValues(args: readonly string[], flag: string): string[] {
  return args.flatMap((arg, index) => {
    if (arg === flag) return args[index + 1] === undefined ? [] : [args[index + 1]!];
    return arg.startsWith(`${flag}=`) ? [arg.slice(flag.length + 1)] : [];
  });
}

/** Whether arguments that are not parsed yet ask for a help page. */
export function asksForHelp(args: readonly string[]): boolean {
  return args[0] === "help" || args.includes("--help") || args.includes("-h");
}
