import type { Ref } from "vue";
import { onScopeDispose, ref, watchEffect } from "vue";
import type { Ground } from "./stage/palette.ts";

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): Ref<boolean> {
  const media = matchMedia(query);
  const matches = ref(media.matches);
  const follow = (): void => void (matches.value = media.matches);
  media.addEventListener("change", follow);
  onScopeDispose(() => media.removeEventListener("change", follow));
  return matches;
}

const KEY = "mixtura-ground";

/** Light or dark: as the reader's system has it, until the reader says otherwise here. */
export function useGround(): { readonly ground: Ref<Ground>; toggle(): void } {
  const ground = ref<Ground>(stored() ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  watchEffect(() => (document.documentElement.dataset["ground"] = ground.value));
  return {
    ground,
    toggle() {
      ground.value = ground.value === "dark" ? "light" : "dark";
      try {
        localStorage.setItem(KEY, ground.value);
      } catch {
        // A browser that keeps nothing forgets this, too.
      }
    },
  };
}

function stored(): Ground | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}
