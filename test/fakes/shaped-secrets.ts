import { ALPHABET, base64Of, jsonWebToken, uuid } from "./draw.ts";
import type { Draw } from "./draw.ts";
import { chosenPassword } from "./secret-wrappings.ts";

/** A secret that stands in a shape of its own: `text` holds it, `secret` is the part that must not survive. */
export interface Shaped {
  readonly secret: string;
  readonly text: string;
}

const { alnum, base64url, digits, hex, lower, upperDigits } = ALPHABET;

/** Each shape is a list of ways it appears; samples take them in turn. */
export const SHAPED_KINDS: Readonly<Record<string, readonly ((draw: Draw) => Shaped)[]>> = {
  jwt: around(
    (draw) => jsonWebToken(draw, draw.pick([32, 256])),
    [
      (it) => `token expired: ${it}`,
      (it) => `ID_TOKEN=${it}`,
      (it) => `{"id":"${it}","ttl":3600}`,
      (it) => JSON.stringify({ output: JSON.stringify({ jwt: it }) }),
      (it) => `GET /callback?state=1&id_token=${it} 302`,
      (it) => `const jwt = "${it}";`,
    ],
  ),
  "bearer-header": around(
    (draw) => draw.text(draw.pick([hex, base64url, alnum]), draw.pick([24, 32, 40, 64])),
    [
      (it) => `> Authorization: Bearer ${it}`,
      (it) => `curl -sS https://api.example.com/me -H "Authorization: Bearer ${it}"`,
      (it) => `headers: { Authorization: 'Bearer ${it}', Accept: 'application/json' }`,
      (it) => JSON.stringify({ headers: { authorization: `Bearer ${it}` } }),
      (it) =>
        JSON.stringify({
          arguments: JSON.stringify({ cmd: `curl -H 'authorization: bearer ${it}' https://x.example` }),
        }),
      (it) => `[debug] request headers {"Authorization":"Bearer ${it}"}`,
    ],
  ),
  "basic-header": around(
    (draw) => Buffer.from(`${draw.text(lower, 6)}:${chosenPassword(draw)}`).toString("base64"),
    [
      (it) => `> Authorization: Basic ${it}`,
      (it) => `curl -H 'Authorization: Basic ${it}' https://registry.example.com/v2/`,
      (it) => JSON.stringify({ headers: { Authorization: `Basic ${it}` } }),
      (it) => `Proxy-Authorization: Basic ${it}\r\n`,
      (it) => JSON.stringify({ output: JSON.stringify({ authorization: `Basic ${it}` }) }),
      (it) => `requests.get(url, headers={"Authorization": "Basic ${it}"})`,
    ],
  ),
  "api-key-header": around(
    (draw) => draw.text(alnum, draw.pick([24, 32, 40])),
    [
      (it) => `> X-API-Key: ${it}`,
      (it) => `curl -H "x-api-key: ${it}" https://api.example.com`,
      (it) => `api-key: ${it}\r\nHost: example.openai.azure.com\r\n`,
      (it) => JSON.stringify({ headers: { "X-Auth-Token": it } }),
      (it) => `fetch(url, { headers: { "x-api-key": "${it}" } })`,
      (it) => `> X-Auth-Token: ${it}`,
    ],
  ),
  "url-user-and-password": around(
    (draw) => draw.text(alnum, draw.int(8, 24)),
    [
      (it) => `fatal: unable to access 'https://deploy:${it}@git.example.com/team/app.git/': 403`,
      (it) => `DATABASE_URL=postgres://app:${it}@db.internal:5432/app?sslmode=require`,
      (it) => `redis: connecting to redis://default:${it}@cache.internal:6379/0`,
      (it) => `"mongo": "mongodb+srv://svc:${it}@cluster0.example.mongodb.net/app"`,
      (it) => JSON.stringify({ output: JSON.stringify({ url: `amqp://guest:${it}@mq:5672/` }) }),
      (it) => `origin\thttps://ci:${it}@git.example.com/team/app.git (fetch)`,
    ],
  ),
  "url-token-only": around(
    (draw) => draw.text(alnum, draw.pick([32, 40])),
    [
      (it) => `git clone https://${it}@git.example.com/team/app.git`,
      (it) => `origin\thttps://${it}@git.example.com/team/app.git (push)`,
      (it) => `pip install git+https://${it}@git.example.com/team/lib.git@v2`,
      (it) => `SENTRY_DSN=https://${it}@o${"447951"}.ingest.example.io/5429219`,
      (it) => JSON.stringify({ remote: `https://${it}@git.example.com/a/b` }),
      (it) => `remote: https://${it}:x-oauth-basic@git.example.com/a/b.git`,
    ],
  ),
  "password-assignment": around(chosenPassword, [
    (it) => `DB_PASSWORD=${it}`,
    (it) => `password: ${it}\nuser: app`,
    (it) => `export PGPASSWORD='${it}'`,
    (it) => `spring.datasource.password=${it}`,
    (it) => `    password = "${it}"`,
    (it) => `mysql -u root --password=${it} app`,
    (it) => `const dbPassword = '${it}';`,
  ]),
  "password-json": around(chosenPassword, [
    (it) => JSON.stringify({ username: "admin", password: it }),
    (it) => JSON.stringify({ db: { host: "db", passwd: it } }, null, 2),
    (it) => JSON.stringify({ adminPassword: it, admin: true }),
    (it) => JSON.stringify({ client_id: "web", client_secret: it }),
    (it) => `{'user': 'root', 'password': '${it}'}`,
    (it) => `{ "POSTGRES_PASSWORD" : "${it}" }`,
  ]),
  "password-escaped-json": around(chosenPassword, [
    (it) => JSON.stringify({ output: JSON.stringify({ username: "admin", password: it }) }),
    (it) => JSON.stringify({ arguments: JSON.stringify({ env: { DB_PASSWORD: it } }) }),
    (it) => JSON.stringify({ payload: { output: JSON.stringify({ secrets: { passwd: it } }, null, 2) } }),
    (it) => JSON.stringify({ line: JSON.stringify({ output: JSON.stringify({ password: it }) }) }),
    (it) =>
      JSON.stringify({ cmd: `curl -d "{\\"login\\":\\"a\\",\\"password\\":\\"${it}\\"}" https://x.example/login` }),
    (it) => JSON.stringify({ text: `config was:\n  password: "${it}"\n` }),
  ]),
  "cookie-header": around(
    (draw) => draw.text(base64url, draw.int(26, 64)),
    [
      (it) => `> Cookie: theme=dark; sessionid=${it}; lang=en`,
      (it) => `< Set-Cookie: session=${it}; Path=/; HttpOnly; Secure`,
      (it) => `curl -b 'connect.sid=${it}' https://app.example.com/`,
      (it) => `curl -H 'Cookie: auth_token=${it}' https://app.example.com/`,
      (it) => JSON.stringify({ headers: { cookie: `_app_session=${it}` } }),
      (it) => JSON.stringify({ output: JSON.stringify({ "set-cookie": [`PHPSESSID=${it}; path=/`] }) }),
    ],
  ),
  "curl-user": around(chosenPassword, [
    (it) => `curl -u admin:${it} https://registry.example.com/v2/_catalog`,
    (it) => `curl -sS --user 'ci:${it}' -X POST https://ci.example.com/job/app/build`,
    (it) => `/bin/bash -lc "curl -fsS -u deploy:${it} https://nexus.example.com/repo/app.tgz -o app.tgz"`,
    (it) => `$ curl -k -uadmin:${it} https://10.0.0.4:9200/_cat/indices`,
    (it) => `curl --user=bot:${it} https://api.example.com`,
    (it) => JSON.stringify({ command: ["bash", "-lc", `curl -u "svc:${it}" https://api.example.com`] }),
  ]),
  "connection-string": around(chosenPassword, [
    (it) => `Server=tcp:db.example.net,1433;Database=app;User ID=app;Password=${it};Encrypt=True;`,
    (it) => `"DefaultConnection": "Host=db;Port=5432;Username=app;Password=${it};Database=app"`,
    (it) => `jdbc:postgresql://db:5432/app?user=app&password=${it}&ssl=true`,
    (it) => `host=db user=app password=${it} dbname=app sslmode=disable`,
    (it) => `connecting with Data Source=db;Initial Catalog=app;User Id=sa;Pwd=${it};`,
    (it) => JSON.stringify({ output: `ConnectionStrings__Main=Server=db;Uid=app;Pwd=${it};\n` }),
  ]),
  "azure-storage-key": around(azureStorageKey, [
    (it) => `AZURE_STORAGE_KEY=${it}`,
    (it) => `DefaultEndpointsProtocol=https;AccountName=files;AccountKey=${it};EndpointSuffix=core.windows.net`,
    (it) => `az storage blob list --account-name files --account-key ${it}`,
    (it) => JSON.stringify([{ keyName: "key1", permissions: "FULL", value: it }]),
    (it) => JSON.stringify({ output: `AccountName=files;AccountKey=${it};` }),
    (it) => `Endpoint=sb://bus.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${it}`,
  ]),
  "azure-sas": around(
    (draw) => encodeURIComponent(base64Of(draw, 32)),
    [
      (it) => `https://files.blob.core.windows.net/c/app.zip?${sas(it)}`,
      (it) => `AZURE_STORAGE_SAS_TOKEN='${sas(it)}'`,
      (it) => `azcopy copy ./dist "https://files.blob.core.windows.net/site?${sas(it)}" --recursive`,
      (it) => JSON.stringify({ sasUrl: `https://files.queue.core.windows.net/q?${sas(it)}` }),
      (it) => JSON.stringify({ output: JSON.stringify({ uri: `https://files.blob.core.windows.net/c?${sas(it)}` }) }),
      (it) => `?sv=2022-11-02&ss=bfqt&srt=sco&sp=rl&se=2027-05-06T06:03:29Z&spr=https&sig=${it}`,
    ],
  ),
  "teams-webhook": around(
    (draw) => `${uuid(draw)}@${uuid(draw)}/IncomingWebhook/${draw.text(hex, 32)}/${uuid(draw)}`,
    spokenUrl(["https://contoso.webhook.", "office.com/webhookb2/"]),
  ),
  "slack-webhook": around(
    (draw) => `T${draw.text(upperDigits, 10)}/B${draw.text(upperDigits, 10)}/${draw.text(alnum, 24)}`,
    spokenUrl(["https://hooks.", "slack.com/services/"]),
  ),
  "discord-webhook": around(
    (draw) => `1${draw.text(digits, 17)}/${draw.text(base64url, 68)}`,
    spokenUrl(["https://discord.", "com/api/webhooks/"]),
  ),
  "pem-private-key": around(pemLine, [
    (it) => pem("RSA PRIVATE KEY", it).join("\n"),
    (it) => `$ cat ~/.ssh/id_ed25519\n${pem("OPENSSH PRIVATE KEY", it).join("\n")}\n$`,
    (it) =>
      `tls.key: |\n${pem("PRIVATE KEY", it)
        .map((line) => `  ${line}`)
        .join("\n")}\n`,
    (it) => `KEY="${pem("EC PRIVATE KEY", it).join("\n")}"`,
    (it) =>
      pem("ENCRYPTED PRIVATE KEY", it)
        .map((line) => `+${line}`)
        .join("\n"),
    (it) => pem("DSA PRIVATE KEY", it).join("\r\n"),
  ]),
  "pem-json-escaped": around(pemLine, [
    (it) => JSON.stringify({ key: pem("RSA PRIVATE KEY", it).join("\n") }),
    (it) => JSON.stringify({ output: `${pem("OPENSSH PRIVATE KEY", it).join("\n")}\n` }),
    (it) => JSON.stringify({ output: JSON.stringify({ pem: pem("PRIVATE KEY", it).join("\n") }) }),
    (it) => `GITHUB_APP_KEY='${pem("RSA PRIVATE KEY", it).join(String.raw`\n`)}'`,
    (it) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: pem("EC PRIVATE KEY", it).join("\n") }) }) }),
    (it) => JSON.stringify({ key: pem("PRIVATE KEY", it).join("\r\n") }),
  ]),
  "gcp-service-account-key": around(pemLine, [
    (it) => JSON.stringify(serviceAccount(it), null, 2),
    (it) => JSON.stringify(serviceAccount(it)),
    (it) => JSON.stringify({ output: JSON.stringify(serviceAccount(it), null, 2) }),
    (it) => `GOOGLE_CREDENTIALS='${JSON.stringify(serviceAccount(it))}'`,
    (it) => `$ cat key.json\n${JSON.stringify(serviceAccount(it), null, 4)}`,
    (it) => JSON.stringify({ arguments: JSON.stringify({ content: JSON.stringify(serviceAccount(it)) }) }),
  ]),
  "npmrc-and-netrc": around(
    (draw) => draw.pick([uuid(draw), draw.text(alnum, 36)]),
    [
      (it) => `//registry.example.com/:_authToken=${it}`,
      (it) => `//registry.example.com/:_password="${it}"\nalways-auth=true`,
      (it) => `machine git.example.com login ci password ${it}`,
      (it) => `npm config set //registry.example.com/:_authToken ${it}`,
      (it) => `machine api.example.com\n  login bot\n  password ${it}\n`,
      (it) => JSON.stringify({ output: `//registry.example.com/:_authToken=${it}\n` }),
    ],
  ),
  "docker-login": around(
    (draw) => Buffer.from(`ci:${draw.text(alnum, 30)}`).toString("base64"),
    [
      (it) => JSON.stringify({ auths: { "registry.example.com": { auth: it } } }, null, 2),
      (it) => JSON.stringify({ output: JSON.stringify({ auths: { "ghcr.example.com": { auth: it } } }) }),
      (it) => `docker login -u ci -p ${it} registry.example.com`,
      (it) => `docker login --username ci --password ${it} registry.example.com`,
      (it) => `Found credentials in config.json: "auth": "${it}"`,
      (it) => `.dockerconfigjson: {"auths":{"r.example.com":{"auth":"${it}"}}}`,
    ],
  ),
};

function around(
  make: (draw: Draw) => string,
  ways: readonly ((secret: string) => string)[],
): readonly ((draw: Draw) => Shaped)[] {
  return ways.map((way) => (draw) => {
    const secret = make(draw);
    return { secret, text: way(secret) };
  });
}

function spokenUrl(parts: readonly string[]): readonly ((path: string) => string)[] {
  const base = parts.join("");
  return [
    (path) => `posting to ${base}${path} failed: 404`,
    (path) => `WEBHOOK_URL=${base}${path}`,
    (path) => `curl -X POST -H 'Content-type: application/json' --data '{"text":"hi"}' ${base}${path}`,
    (path) => JSON.stringify({ notify: { url: base + path } }),
    (path) => JSON.stringify({ output: JSON.stringify({ webhook: base + path }) }),
    (path) => `await post("${base}${path}", { text });`,
  ];
}

function sas(signature: string): string {
  return `sp=racwdli&st=2026-10-17T08:06:52Z&se=2026-10-18T16:21:52Z&spr=https&sv=2024-11-04&sr=c&sig=${signature}`;
}

/** 64 bytes as base64 in which Azure marks storage keys with four fixed letters near the end. */
function azureStorageKey(draw: Draw): string {
  return `${draw.text(ALPHABET.base64, 76)}+${"ASt"}${draw.text(ALPHABET.base64, 5)}${draw.pick(["A", "Q", "g", "w"])}==`;
}

/** One full line of a key's body; the block around it repeats it as its first and its last line. */
function pemLine(draw: Draw): string {
  return draw.text(ALPHABET.base64, 64);
}

function pem(label: string, line: string): readonly string[] {
  const reversed = line.split("").toReversed().join("");
  const dashes = "-".repeat(5);
  const body = [line, ...Array.from({ length: 10 }, (_, at) => reversed.slice(at) + line.slice(0, at)), line];
  return [`${dashes}BEGIN ${label}${dashes}`, ...body, `${reversed.slice(0, 42)}==`, `${dashes}END ${label}${dashes}`];
}

function serviceAccount(line: string): object {
  return {
    type: "service_account",
    project_id: "demo-project",
    private_key_id: "0".repeat(40),
    private_key: `${pem("PRIVATE KEY", line).join("\n")}\n`,
    client_email: "ci@demo-project.iam.gserviceaccount.com",
    token_uri: "https://oauth2.googleapis.com/token",
  };
}
