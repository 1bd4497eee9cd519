/**
 * What a place is inside the walls. `hidden`: empty, and nobody can write · `fresh`: empty, writable, gone at the end ·
 * `shown`: as it is, read-only · `writable`: as it is.
 */
export type WallKind = "hidden" | "fresh" | "shown" | "writable";

export interface WallPlace {
  readonly kind: WallKind;
  /** Absolute, without links: what is mounted is then what was meant. */
  readonly path: string;
  readonly isFolder: boolean;
}

export interface WallPlan {
  readonly places: readonly WallPlace[];
  readonly network: boolean;
  /** The account is root: see `CAPABILITY_OF_ROOT`. */
  readonly isRoot: boolean;
}

/**
 * Namespaces of its own for processes, users, and shared memory; gone with its parent. As root bubblewrap would keep every
 * capability, and with them a program could take the walls down mount by mount. No `--new-session`: it guards a terminal,
 * and programs are started in a session without one; a second session would take the first process of the walls, which
 * lives until all others in them are dead, out of the group by which we verify that nothing is left.
 */
const BASE = ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--die-with-parent", "--cap-drop", "ALL"] as const;

/** Without it root may not make the user namespace of Codex's own sandbox; in a user namespace it is good for nothing else. */
const CAPABILITY_OF_ROOT = ["--cap-add", "CAP_SETFCAP"] as const;

const SYSTEM = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"] as const;

/** `--dev` is memory without a limit: shared memory gets a place with one, and nothing is made beside it. */
function devices(): readonly string[] {
  return ["--perms", "1777", ...emptyFolder("/dev/shm"), "--remount-ro", "/dev"];
}

/** The options of bubblewrap for these walls. The order matters: each mount lies on those before it. */
export function wallArguments({ places, network, isRoot }: WallPlan): readonly string[] {
  const kept = withoutUnseen(sorted(places));
  const sealed = kept.filter((place) => place.kind === "hidden" && place.isFolder);
  return [
    ...BASE,
    ...(isRoot ? CAPABILITY_OF_ROOT : []),
    ...(network ? [] : ["--unshare-net"]),
    ...SYSTEM,
    ...devices(),
    ...kept.flatMap(mountOf),
    // Sealed last: until then folders for the mounts on top of them are made in them.
    ...sealed.flatMap((place) => ["--remount-ro", place.path]),
  ];
}

function mountOf({ kind, path, isFolder }: WallPlace): readonly string[] {
  if (kind === "writable") return ["--bind", path, path];
  if (kind === "shown") return ["--ro-bind", path, path];
  return isFolder ? emptyFolder(path) : ["--ro-bind", "/dev/null", path];
}

/** Bytes: what an attempt writes there is memory of this machine. */
const MOST_IN_TMP = 2 * 1024 ** 3;
const MOST_ELSEWHERE = 512 * 1024 ** 2;

function emptyFolder(path: string): readonly string[] {
  return ["--size", String(path === "/tmp" ? MOST_IN_TMP : MOST_ELSEWHERE), "--tmpfs", path];
}

/** Outer folders first, so that the wall nearest to a file is the one that counts; of two for one path the stricter. */
function sorted(places: readonly WallPlace[]): readonly WallPlace[] {
  const strict = new Map<string, WallPlace>();
  for (const place of places) {
    const other = strict.get(place.path);
    if (other === undefined || STRICTNESS[place.kind] > STRICTNESS[other.kind]) strict.set(place.path, place);
  }
  return [...strict.values()].toSorted(
    (left, right) => depth(left.path) - depth(right.path) || byText(left.path, right.path),
  );
}

const STRICTNESS: Readonly<Record<WallKind, number>> = { hidden: 3, fresh: 2, shown: 1, writable: 0 };

/**
 * What is to be hidden in a place that is empty anyway would only get its name shown; what is to be shown where nothing
 * hides it is shown.
 */
function withoutUnseen(places: readonly WallPlace[]): readonly WallPlace[] {
  return places.filter((place) => {
    const around = nearest(places, place.path);
    return place.kind === "hidden" ? !isEmpty(around) : place.kind !== "shown" || around !== undefined;
  });
}

function nearest(places: readonly WallPlace[], path: string): WallPlace | undefined {
  return places.findLast((place) => path !== place.path && isWithin(path, place.path));
}

function isEmpty(place: WallPlace | undefined): boolean {
  return place?.kind === "hidden" || place?.kind === "fresh";
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

function depth(path: string): number {
  return path.split("/").length;
}

function byText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
