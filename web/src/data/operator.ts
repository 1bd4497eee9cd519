/**
 * The operator's token arrives once, in the link that `codex-loop up` prints (`#/?operator=TOKEN`). It leaves the address
 * at once, so that it is neither copied nor bookmarked, and lives as long as the tab.
 */
import { useSyncExternalStore } from "react";

const KEY = "codex-loop.operator";
const CHANGED = "operator-changed";

/** The token in a hash and the hash without it; `null` when it carries none. */
export function splitOperator(hash: string): { readonly token: string; readonly rest: string } | null {
  const [path = "", query = ""] = splitOnce(hash.replace(/^#/, ""), "?");
  const search = new URLSearchParams(query);
  const token = search.get("operator");
  if (token === null) return null;
  search.delete("operator");
  const left = search.toString();
  return { token, rest: `#${path === "" ? "/" : path}${left === "" ? "" : `?${left}`}` };
}

/** Takes the token out of the address, on start and whenever the link is opened in a tab that shows the console already. */
export function watchOperatorLink(): void {
  const take = (): void => {
    const found = splitOperator(window.location.hash);
    if (found === null) return;
    window.history.replaceState(window.history.state, "", found.rest);
    if (found.token !== "") window.sessionStorage.setItem(KEY, found.token);
    window.dispatchEvent(new Event(CHANGED));
  };
  window.addEventListener("hashchange", take);
  take();
}

export function operatorToken(): string | null {
  return window.sessionStorage.getItem(KEY);
}

/** Called when the server no longer takes the token: a new start has a new one. */
export function forgetOperator(): void {
  window.sessionStorage.removeItem(KEY);
  window.dispatchEvent(new Event(CHANGED));
}

export function useIsOperator(): boolean {
  return useSyncExternalStore(onOperatorChange, () => operatorToken() !== null);
}

function onOperatorChange(changed: () => void): () => void {
  window.addEventListener(CHANGED, changed);
  return () => window.removeEventListener(CHANGED, changed);
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
