let last = 0;

/** An id that no other element of the page has. */
export function freshId(name: string): string {
  return `${name}-${++last}`;
}
