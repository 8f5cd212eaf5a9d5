import { onScopeDispose, ref } from "vue";

import type { Category } from "@/shared/api/types";

/** What can be opened about one collection, besides its next step. */
export const ASIDES = ["phone", "studio", "prints", "consents", "orders"] as const;
export type Aside = (typeof ASIDES)[number];

/** The pages about oneself. */
export const MINE = ["menu", "messages", "data", "devices", "password"] as const;
export type Mine = (typeof MINE)[number];

/** Where a student is: kept in the address, so that back, refresh and a second tab do what people expect. */
export type Place =
  | { at: "start" }
  | { at: "sign" }
  | { at: "new"; campaign?: string; category?: Category }
  | { at: "code" }
  | { at: "collection"; id: string; aside?: Aside }
  | { at: "help"; talks?: boolean }
  | { at: "mine"; page: Mine }
  | { at: "group"; code: string }
  | { at: "pay"; token: string };

/** Reads a place from an address's fragment. */
export function placeOf(fragment: string): Place {
  const [head, first, second] = fragment.replace(/^#\/?/, "").split("/");
  switch (head) {
    case "sign":
    case "code":
      return { at: head };
    case "help":
      return first === "talk" ? { at: "help", talks: true } : { at: "help" };
    case "new":
      return first && isPlain(first) && isCategory(second) ? { at: "new", campaign: first, category: second } : { at: "new" };
    case "me":
      return { at: "mine", page: MINE.find((page) => page === first) ?? "menu" };
    case "group":
      return first && isPlain(first) ? { at: "group", code: first } : { at: "start" };
    case "pay":
      return first && isPlain(first) ? { at: "pay", token: first } : { at: "start" };
    case "c": {
      if (!first || !isPlain(first)) return { at: "start" };
      const aside = ASIDES.find((one) => one === second);
      return { at: "collection", id: first, ...(aside && { aside }) };
    }
    default:
      return { at: "start" };
  }
}

/** Writes a place as a fragment. */
export function fragmentOf(place: Place): string {
  switch (place.at) {
    case "start":
      return "#/";
    case "new":
      return place.campaign && place.category ? `#/new/${place.campaign}/${place.category}` : "#/new";
    case "collection":
      return `#/c/${place.id}${place.aside ? `/${place.aside}` : ""}`;
    case "help":
      return place.talks ? "#/help/talk" : "#/help";
    case "mine":
      return place.page === "menu" ? "#/me" : `#/me/${place.page}`;
    case "group":
      return `#/group/${place.code}`;
    case "pay":
      return `#/pay/${place.token}`;
    default:
      return `#/${place.at}`;
  }
}

/** The present place, and a way to another. */
export function usePlace() {
  const place = ref<Place>(placeOf(location.hash));
  function moved(): void {
    place.value = placeOf(location.hash);
    window.scrollTo(0, 0);
  }
  window.addEventListener("hashchange", moved);
  onScopeDispose(() => window.removeEventListener("hashchange", moved));

  /** Goes there; `instead` leaves no way back to where one was. */
  function go(to: Place, instead = false): void {
    if (instead) {
      history.replaceState(history.state, "", fragmentOf(to));
      moved();
    } else {
      location.hash = fragmentOf(to);
    }
  }
  return { place, go };
}

function isPlain(text: string): boolean {
  return /^[0-9A-Za-z_-]{1,128}$/.test(text);
}

function isCategory(text: string | undefined): text is Category {
  return text !== undefined && ["associate", "bachelor", "master", "doctor", "continuing"].includes(text);
}
