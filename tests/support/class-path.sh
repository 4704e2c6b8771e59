# Sourced by scripts that start a Java server for tests:
#
#   class_path FOLDER NAME     FOLDER: has a pom.xml that names the jars
#
# Prints the class path. Maven fetches the jars into its own repository the first time. The list is reused while the pom is
# older and every jar is still there.
class_path() {
  local pom="$1/pom.xml"
  local cache="$1/../../../node_modules/.cache/souk-$2"
  local list="$cache/class-path"
  if ! class_path_is_whole "$pom" "$list"; then
    mkdir -p "$cache"
    # Maven reports on standard output; two tests that start at once each write a file of their own first.
    mvn -q -B -f "$pom" dependency:build-classpath "-Dmdep.outputFile=$list.$$" >&2
    mv "$list.$$" "$list"
  fi
  cat "$list"
}

class_path_is_whole() {
  [ -s "$2" ] && [ ! "$1" -nt "$2" ] || return 1
  local jar
  tr ':' '\n' < "$2" | while IFS= read -r jar || [ -n "$jar" ]; do [ -f "$jar" ] || return 1; done
}
