import fc from "fast-check";
import { expect, test } from "vitest";
import { wallArguments, type WallPlace } from "./wall-arguments.ts";

const folder = (kind: WallPlace["kind"], path: string): WallPlace => ({ kind, path, isFolder: true });
const file = (kind: WallPlace["kind"], path: string): WallPlace => ({ kind, path, isFolder: false });

const PLACES = [
  folder("writable", "/home/ann/.codex-loop/attempts/1/tree"),
  folder("shown", "/home/ann/.codex-loop/attempts/1/tree/.git"),
  file("hidden", "/srv/store.db"),
  folder("hidden", "/home"),
  folder("hidden", "/home/ann/.codex-loop"),
  folder("fresh", "/tmp"),
  folder("shown", "/usr/share"),
];

test("[RUN-4] the argument list of a wall", () => {
  const lines = [
    "--unshare-user --unshare-pid --unshare-ipc --die-with-parent",
    "--cap-drop ALL --cap-add CAP_SETFCAP --unshare-net",
    "--ro-bind / / --dev /dev --proc /proc",
    "--perms 1777 --size 536870912 --tmpfs /dev/shm --remount-ro /dev",
    "--size 536870912 --tmpfs /home --size 2147483648 --tmpfs /tmp",
    "--ro-bind /dev/null /srv/store.db",
    "--bind /home/ann/.codex-loop/attempts/1/tree /home/ann/.codex-loop/attempts/1/tree",
    "--ro-bind /home/ann/.codex-loop/attempts/1/tree/.git /home/ann/.codex-loop/attempts/1/tree/.git",
    "--remount-ro /home",
  ];
  expect(wallArguments({ places: PLACES, network: false, isRoot: true })).toEqual(lines.join(" ").split(" "));
});

test("[RUN-4] an account that is not root keeps no capability at all, and the network is there where it is wanted", () => {
  const words = wallArguments({ places: [], network: true, isRoot: false });
  expect(words).not.toContain("--cap-add");
  expect(words).not.toContain("--unshare-net");
  expect(words.join(" ")).toContain("--cap-drop ALL");
});

test("[RUN-4] of two wishes for one path the stricter wins", () => {
  const words = wallArguments({
    places: [folder("writable", "/a"), folder("hidden", "/a"), folder("shown", "/a")],
    network: true,
    isRoot: false,
  });
  expect(words.join(" ")).toContain("--tmpfs /a --remount-ro /a");
  expect(words.join(" ")).not.toContain("--bind /a");
});

test("[RUN-4] property: what is hidden is mounted after every wider wall, so that none of them uncovers it", () => {
  const path = fc
    .array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 4 })
    .map((parts) => `/${parts.join("/")}`);
  const kind = fc.constantFrom("hidden" as const, "shown" as const, "writable" as const);
  const places = fc.uniqueArray(fc.record({ kind, path, isFolder: fc.constant(true) }), {
    selector: ({ path: at }) => at,
  });
  fc.assert(
    fc.property(places, (wanted) => {
      const words = wallArguments({ places: wanted, network: true, isRoot: false });
      for (const { path: at } of wanted.filter((place) => place.kind === "hidden")) {
        expect(kindSeen(words, at)).toBe("hidden");
      }
    }),
  );
});

/** What a path is after all mounts of the list, in its order: an own reading of bubblewrap's rules. */
function kindSeen(words: readonly string[], path: string): string {
  let seen = "system";
  for (const [at, word] of words.entries()) {
    const target = word === "--tmpfs" ? words[at + 1] : words[at + 2];
    const covers = target !== undefined && (path === target || path.startsWith(`${target}/`));
    if (covers && word === "--tmpfs") seen = "hidden";
    if (covers && word === "--bind") seen = "writable";
    if (covers && word === "--ro-bind") seen = "shown";
  }
  return seen;
}
