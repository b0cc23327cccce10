# Sourced by the other scripts: finds a JDK of at least the version that the project needs, and exports JAVA_HOME.
# Looks at JAVA_HOME, then at `javac` on the PATH, then where systems usually put JDKs.

required_jdk=25

jdk_version() { # home → major version, or 0 where there is no JDK
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
  echo "push: no JDK $required_jdk or newer was found; install one (Temurin $required_jdk, say), or set JAVA_HOME to it" >&2
  return 1
}

find_maven() {
  command -v mvn >/dev/null && return 0
  echo "push: Maven was not found; install Maven 3.8.7 or newer" >&2
  return 1
}

# In the locale "C" a JDK finds no file whose path has a letter beyond ASCII.
if [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null || echo UTF-8)" = UTF-8 ]; then
  export LC_ALL=C.UTF-8
fi

# Maven's own libraries use what a JDK of today warns of; that is not this project's to say.
export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
