#!/usr/bin/env bash
# Starts a Neo4j server for tests: Bolt on loopback only, no password. The shell becomes the server, so that the
# caller's child is the server itself, and SIGTERM ends it.
#
#   start.sh HOME PORT     HOME: an empty directory for data and logs
#
# Needs Java 17 or newer, and Maven, which fetches the jars into its own repository the first time.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
home="$1"
port="$2"
. "$here/../class-path.sh"
jars="$(class_path "$here" neo4j)"

mkdir -p "$home/conf" "$home/data" "$home/logs"
# Without preallocation an empty store takes a few megabytes; the last two lines keep the stop short. The quiet
# period is a bare number: with a unit the server does not start.
cat > "$home/conf/neo4j.conf" <<CONF
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:$port
server.bolt.advertised_address=127.0.0.1:$port
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=${NEO4J_PAGECACHE:-64m}
db.tx_log.preallocate=false
db.tx_log.rotation.size=16m
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.server.bolt.thread_pool_shutdown_wait_time=1s
CONF

# In a test it lives for a minute: the quick compiler and the plain collector cost it the least. A benchmark gives more.
heap="${NEO4J_HEAP:-256m}"
read -ra options <<< "${NEO4J_JVM:--XX:+UseSerialGC -XX:TieredStopAtLevel=1}"
exec java "-Xms$heap" "-Xmx$heap" "${options[@]}" -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 \
  --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED \
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED \
  -cp "$jars" org.neo4j.server.CommunityEntryPoint "--home-dir=$home" "--config-dir=$home/conf"
