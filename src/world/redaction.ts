import type { Secrets } from "../config/options.ts";
import { randomHex } from "../kit/random.ts";
import type { Redacted } from "../model/redacted.ts";
import { redactor } from "../policy/redact/redact-text.ts";
import { putStoreFact } from "../store/facts/put-store-fact.ts";
import { storeFact } from "../store/facts/store-fact.ts";
import type { Store } from "../store/store.ts";
import { knownOperatorToken } from "./operator-token.ts";

export interface OwnSecrets {
  /** What this process was configured with. */
  readonly secrets: Secrets;
  /** The folder of the store: the operator's token lies in it once a server has made one. */
  readonly home: string;
}

/** Redacts with the store's own salt (made once) and with every secret of our own. */
export async function openRedaction(store: Store, { secrets, home }: OwnSecrets): Promise<(text: string) => Redacted> {
  const salt = (await store.read((reader) => storeFact(reader, "redaction_salt"))) ?? (await newSalt(store));
  const configured = Object.values(secrets).flatMap((secret) => (secret === null ? [] : [secret.reveal()]));
  const token = await knownOperatorToken(home);
  return redactor({ salt, known: token === null ? configured : [...configured, token] });
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
