import { onScopeDispose, ref } from "vue";

/** Where a student is: kept in the address, so that back, refresh and a second tab do what people expect. */
export type Place = { at: "start" } | { at: "new" } | { at: "collection"; id: string };

/** Reads a place from an address's fragment. */
export function placeOf(fragment: string): Place {
  const text = fragment.replace(/^#\/?/, "");
  if (text === "new") return { at: "new" };
  const id = /^c\/([0-9A-Za-z-]{1,64})$/.exec(text)?.[1];
  return id ? { at: "collection", id } : { at: "start" };
}

/** Writes a place as a fragment. */
export function fragmentOf(place: Place): string {
  if (place.at === "new") return "#/new";
  return place.at === "collection" ? `#/c/${place.id}` : "#/";
}

/** The present place, and a way to another. */
export function usePlace() {
  const place = ref<Place>(placeOf(location.hash));
  function moved(): void {
    place.value = placeOf(location.hash);
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
