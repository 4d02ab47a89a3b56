/** The values of a flag among arguments that are not parsed yet. */
export function flagValues(args: readonly string[], flag: string): string[] {
  const flags = beforeFiles(args);
  return flags.flatMap((arg, index) => {
    if (arg === flag) return flags[index + 1] === undefined ? [] : [flags[index + 1]!];
    return arg.startsWith(`${flag}=`) ? [arg.slice(flag.length + 1)] : [];
  });
}

/** Whether arguments that are not parsed yet ask for a help page. */
export function asksForHelp(args: readonly string[]): boolean {
  const flags = beforeFiles(args);
  return args[0] === "help" || flags.includes("--help") || flags.includes("-h");
}

/** What follows `--` is a file, even one called like a flag. */
function beforeFiles(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end === -1 ? args : args.slice(0, end);
}
