import { execFileSync, spawn } from "node:child_process";
import { chmod } from "node:fs/promises";
import { expect, test } from "vitest";
import { recordingHome } from "../fakes/recording-home.ts";
import { callCli, documentOf, emptyHome, ended, ROOT, spawnCli, type Around, type Ran } from "../fakes/run-cli.ts";
import { sampleRollouts } from "../fakes/sample-recordings.ts";

const FILES = [...sampleRollouts("0.169.0/success"), ...sampleRollouts("0.169.0/exec-failure")];

function text(lines: readonly Uint8Array[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
}

/** Root may read everything; without its capabilities it may read what anybody in its place may. */
async function spawnUnprivileged(words: readonly string[], { home }: Around): Promise<Ran> {
  if (process.getuid?.() !== 0) return spawnCli(words, { home });
  const launch = ["--bounding-set=-all", "--inh-caps=-all", process.execPath, `${ROOT}/bin/codex-loop.js`, ...words];
  const child = spawn("setpriv", launch, {
    env: { PATH: process.env["PATH"], HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, code] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), ended(child)]);
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

test("[TRC-9] a place that is not there is exit 5, and nothing else is read", async () => {
  await using around = await emptyHome();
  const ran = await callCli(["ingest", `${around.home}/nowhere`, "--json"], around);
  expect(ran.code).toBe(5);
  expect(documentOf(ran)).toMatchObject({ error: { code: "path_missing", retry: "never" } });
  const followed = await callCli(["ingest", `${around.home}/nowhere`, "--follow", "--json"], around);
  expect([followed.code, documentOf(followed)]).toMatchObject([5, { error: { code: "path_missing" } }]);
});

test("[TRC-9] unreadable lines are reported with file, line, byte and reason, and the exit code is 0", async () => {
  await using around = await emptyHome();
  await using home = await recordingHome();
  const [good] = FILES;
  await home.write(
    good?.name ?? "",
    Buffer.concat([text(good?.lines.slice(0, 3) ?? []), Buffer.from("{oh no\n"), text(good?.lines.slice(3) ?? [])]),
  );
  const ran = await callCli(["ingest", home.path, "--json"], around);
  const place = {
    path: home.at(good?.name ?? ""),
    line: 4,
    offset: text(good?.lines.slice(0, 3) ?? []).length,
    reason: "not JSON",
  };
  expect(ran.code).toBe(0);
  expect(documentOf(ran)).toMatchObject({ files: 1, unreadable: 1, unreadable_lines: [place] });
  await home.append(good?.name ?? "", "[]\n");
  const forPeople = await callCli(["ingest", home.path], around);
  expect(forPeople.stdout).toContain("1 line could not be read:");
  expect(forPeople.stdout).toMatch(/\.jsonl:\d+ at byte \d+: not an object/u);
});

test("[TRC-9] a file or folder without permission is named, and the rest is read", async () => {
  await using around = await emptyHome();
  await using home = await recordingHome();
  for (const [folder, file] of [
    ["open", FILES[0]],
    ["open", FILES[1]],
    ["shut", FILES[0]],
  ] as const) {
    await home.write(`${folder}/${folder === "shut" ? "rollout-other.jsonl" : file?.name}`, text(file?.lines ?? []));
  }
  const shutFile = home.at(`open/${FILES[1]?.name}`);
  const shutFolder = home.at("shut");
  await chmod(shutFile, 0o000);
  await chmod(shutFolder, 0o000);
  try {
    const ran = await spawnUnprivileged(["ingest", home.path, "--json"], around);
    expect(ran.code, ran.stderr).toBe(0);
    expect(documentOf(ran)).toMatchObject({ files: 1, sessions: 1 });
    const { problems } = documentOf(ran) as { problems: readonly { readonly path: string }[] };
    expect(problems.toSorted((left, right) => (left.path < right.path ? -1 : 1))).toEqual([
      { path: shutFile, reason: "no_permission" },
      { path: shutFolder, reason: "no_permission" },
    ]);
    await chmod(shutFile, 0o600);
    expect(documentOf(await spawnUnprivileged(["ingest", home.path, "--json"], around))).toMatchObject({
      files: 1,
      unchanged: 1,
    });
  } finally {
    await chmod(shutFolder, 0o700);
  }
});

test("[TRC-9] a pipe or a device among the recordings is named, and nobody waits for it", async () => {
  await using around = await emptyHome();
  await using home = await recordingHome();
  await home.write(`2026/${FILES[0]?.name}`, text(FILES[0]?.lines ?? []));
  const pipe = home.at("2026/rollout-pipe.jsonl");
  execFileSync("mkfifo", [pipe]);
  const ran = await spawnCli(["ingest", home.path, "/dev/null", "--json"], around);
  expect(ran.code, ran.stderr).toBe(0);
  expect(documentOf(ran)).toMatchObject({
    files: 1,
    problems: [
      { path: pipe, reason: "not_a_file" },
      { path: "/dev/null", reason: "not_a_file" },
    ],
  });
});
