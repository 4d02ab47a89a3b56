/** What may be wider than its place, and is then scrolled sideways. */
const SCROLLED = ".vp-doc pre, .vp-doc table, .vp-doc mjx-container[display]";

/**
 * Marks what is cut off with the sides where more is, `data-more="left right"`, for the style sheet to show: phones hide bars for scrolling, and
 * what ends at the edge by chance looks whole.
 *
 * @returns a function that ends the watch
 */
export function watchMore(): () => void {
  const items = [...document.querySelectorAll<HTMLElement>(SCROLLED)];
  const resizes = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target as HTMLElement)));
  const onScroll = ({ currentTarget }: Event): void => mark(currentTarget as HTMLElement);
  for (const item of items) {
    resizes.observe(item);
    item.addEventListener("scroll", onScroll, { passive: true });
  }
  return () => {
    resizes.disconnect();
    for (const item of items) item.removeEventListener("scroll", onScroll);
  };
}

function mark(item: HTMLElement): void {
  const { scrollLeft, scrollWidth, clientWidth } = item;
  const sides = [scrollLeft > 1 && "left", scrollLeft + clientWidth < scrollWidth - 1 && "right"].filter((side) => side !== false);
  if (sides.length === 0) {
    delete item.dataset["more"];
    return;
  }
  item.dataset["more"] = sides.join(" ");
  // What is scrolled must be in reach of the keyboard.
  item.tabIndex = 0;
}
