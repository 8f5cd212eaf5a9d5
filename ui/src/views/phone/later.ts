import type { Component } from "vue";
import { defineAsyncComponent } from "vue";

import { addTexts } from "@/shared/i18n";
import type { Bundle } from "@/shared/i18n/messages";
import LateTrouble from "./LateTrouble.vue";
import OneMoment from "./OneMoment.vue";

/** How often a part is asked for before the page says that it does not come. */
const TRIES = 3;
const PAUSE_MS = 800;

type Part = () => Promise<{ default: Component }>;

/** How long the first screen has the line for itself, milliseconds. */
const FIRST_MS = 1500;

/** Loads parts that come next on everybody's way while nothing else is going on, so that they are there when they are needed. */
export function loadAhead(...parts: Part[]): void {
  setTimeout(async () => {
    // One after the other; what does not come now is asked for again when it is needed.
    for (const part of parts) await part().catch(() => undefined);
  }, FIRST_MS);
}

/** A part of the page that is loaded when it is needed, with its texts, so that the first screen is light. */
export function later(part: Part, ...texts: (() => Promise<{ default: Bundle }>)[]): Component {
  return defineAsyncComponent({
    loader: async () => {
      const [loaded, ...bundles] = await Promise.all([part(), ...texts.map((text) => text())]);
      for (const bundle of bundles) addTexts(bundle.default);
      return loaded;
    },
    loadingComponent: OneMoment,
    errorComponent: LateTrouble,
    delay: 150,
    onError(_, retry, fail, tries) {
      if (tries < TRIES) setTimeout(retry, PAUSE_MS * tries);
      else fail();
    },
  });
}
