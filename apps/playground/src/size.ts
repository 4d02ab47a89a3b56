import type { Ref, ShallowRef } from "vue";
import { onBeforeUnmount, onMounted, shallowRef } from "vue";

/** Width and height in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size that an element has, while the component is there; `usual` until it is known. */
export function useSize(element: Readonly<Ref<Element | undefined>>, usual: Size): ShallowRef<Size> {
  const size = shallowRef(usual);
  let observer: ResizeObserver | undefined;
  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) size.value = { width, height };
    });
    observer.observe(element.value!);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return size;
}
