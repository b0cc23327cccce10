# Sourced by the other scripts. Finds a JDK that is new enough for the project, and exports JAVA_HOME. Checks JAVA_HOME,
# then `javac` on the PATH, then the usual locations of JDKs.

required_jdk=25

jdk_version() { # home → major version, or 0 if there is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local on_path candidate
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && [ "$(jdk_version "$candidate")" -ge "$required_jdk" ] 2>/dev/null; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "push: no JDK $required_jdk or newer was found; install one, such as Temurin $required_jdk, or set JAVA_HOME to it" >&2
  return 1
}

# In the locale "C", a JDK finds no file whose path has a non-ASCII letter.
if [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null || echo UTF-8)" = UTF-8 ]; then
  export LC_ALL=C.UTF-8
fi

# Suppresses warnings of current JDKs about Maven's own libraries, which this project cannot change.
export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
