import fc from "fast-check";
import { expect, test } from "vitest";
import { commandFamily } from "./command-family.ts";

test.each([
  ["npm test", "npm test"],
  ["npm run lint -- --fix", "npm run lint"],
  ["npm --prefix web run build", "npm run build"],
  ["git push origin main", "git push"],
  ["git -c user.name=a -c user.email=a@b commit -q -m two && git log | head -1", "git commit"],
  ["git status --short && git push", "git status"],
  ["node check.mjs", "node"],
  ["node test.mjs", "node"],
  ["npx vitest run src", "npx vitest"],
  ["npx --yes -p typescript tsc -p .", "npx tsc"],
  ["python3 -m pytest -q", "python -m pytest"],
  ["/usr/bin/python3.12 script.py", "python"],
  ["cd web && FOO=1 BAR='a b' npm ci", "npm ci"],
  ["export A=1; set -e\nmake -C sub -j 4 all", "make all"],
  ["env -u X A=1 timeout -k 5 30 cargo +nightly test", "cargo test"],
  ["sudo -u bob systemctl restart x", "systemctl restart"],
  ["ls -la | wc -l", "ls"],
  ["(cd x; ls) > out.txt 2>&1", "ls"],
  ["if ! npm test; then exit 1; fi", "npm test"],
  ["cat <<'EOF' > file\nnpm test\nEOF", "cat"],
  ["apply_patch <<'EOF'\n*** Begin Patch\nEOF", "apply_patch"],
  ['bash -c "git push origin main"', "git push"],
  ["/bin/bash -lc 'sh -c \"npm test\"'", "npm test"],
  ["bash build.sh", "bash"],
  ["docker compose -f x.yaml up -d", "docker compose"],
  ["bundle exec rspec", "bundle exec rspec"],
  ["# look\nrg -n 'a b' src", "rg"],
  ["./gradlew -p app test", "gradlew test"],
  ["X=$(git rev-parse HEAD) npm test", "npm test"],
  ["X=1", "shell"],
  ["", "shell"],
])("[TRC-6] the family of %j is %j", (command, family) => {
  expect(commandFamily(command)).toBe(family);
});

test("[TRC-6] an argument array has the family of its command line", () => {
  expect(commandFamily(["/bin/bash", "-lc", "cd x && npm test"])).toBe("npm test");
  expect(commandFamily(["git", "push", "origin"])).toBe("git push");
  expect(commandFamily([])).toBe("shell");
});

test("[TRC-6] any text has a family, in time that grows with its length", () => {
  const part = fc.constantFrom(
    "bash -c '",
    "$(",
    "`",
    "'",
    '"',
    "\\",
    "| ",
    "&& ",
    "<<EOF ",
    "sudo ",
    "env ",
    "npm ",
    "\n",
    "a=1 ",
    "(",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 300 }), (parts) => {
      expect(commandFamily(parts.join("")).length).toBeGreaterThan(0);
    }),
    { numRuns: 500, seed: 3 },
  );
  expect(commandFamily("sh -c ".repeat(100_000))).not.toBe("");
});
