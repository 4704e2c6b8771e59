#!/usr/bin/env bash
# Starts S3Proxy for tests, on loopback only. The shell becomes the server, so that SIGTERM ends it.
#
#   start.sh HOME PORT ACCESS_KEY_ID SECRET_ACCESS_KEY     HOME: an empty directory
#
# Needs Java 17 or newer, and Maven.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$here/../class-path.sh"
jars="$(class_path "$here" s3)"
mkdir -p "$1/objects"
cat > "$1/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$2
s3proxy.authorization=aws-v4
s3proxy.identity=$3
s3proxy.credential=$4
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$1/objects
CONF
cat > "$1/logback.xml" <<'CONF'
<configuration>
  <appender name="output" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%level %logger{0} %msg%n</pattern></encoder></appender>
  <root level="warn"><appender-ref ref="output"/></root>
</configuration>
CONF
exec java -Xms64m -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Dlogback.configurationFile=$1/logback.xml" \
  -cp "$jars" org.gaul.s3proxy.Main --properties "$1/s3proxy.conf"
