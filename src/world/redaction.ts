import type { Secrets } from "../config/options.ts";
import { randomHex } from "../kit/random.ts";
import type { Redacted } from "../model/redacted.ts";
import { redactor } from "../policy/redact/redact-text.ts";
import { putStoreFact } from "../store/facts/put-store-fact.ts";
import { storeFact } from "../store/facts/store-fact.ts";
import type { Store } from "../store/store.ts";

/** Redacts with the store's own salt (made once) and with every secret this process was configured with. */
export async function openRedaction(store: Store, secrets: Secrets): Promise<(text: string) => Redacted> {
  const salt = (await store.read((reader) => storeFact(reader, "redaction_salt"))) ?? (await newSalt(store));
  const known = Object.values(secrets).flatMap((secret) => (secret === null ? [] : [secret.reveal()]));
  return redactor({ salt, known });
}

/** Two processes may meet here: whoever wrote first wins. */
async function newSalt(store: Store): Promise<string> {
  return store.write({ actor: "world" }, async (tx) => {
    const known = await storeFact(tx, "redaction_salt");
    if (known !== null) return known;
    const salt = randomHex(16);
    await putStoreFact(tx, "redaction_salt", salt);
    return salt;
  });
}
