#!/bin/sh
# Starts push out of the runtime image that this file lies in, with the arguments given.
#
# PUSH_JAVA_OPTS holds further options for Java, parted by blanks. They win over those below: -Xmx1g gives it more memory,
# -XX:+UseSerialGC another collector.
set -eu

# A symbolic link to this file, from a folder of the PATH for one, leads to the image all the same.
self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
home=$(CDPATH='' cd -P -- "$(dirname -- "$self")/.." && pwd)

# From here on options are put in front of those already there; Java takes the last of two.
set -- -m @MAIN@ "$@"

# Split at blanks, but leave asterisks alone.
set -f
# shellcheck disable=SC2086
set -- ${PUSH_JAVA_OPTS:-} "$@"

if [ -r "$home/etc/logging.properties" ]; then
  set -- "-Djava.util.logging.config.file=$home/etc/logging.properties" "$@"
fi

if [ -r "$home/etc/java.options" ]; then
  set -- "@$home/etc/java.options" "$@"
fi

# The collector whose pauses are short also when the heap has filled with events that have left the log, unless
# another is asked for: Java refuses to take two. The serial one stops the hub for some 70 ms then.
case ${PUSH_JAVA_OPTS:-} in
  *-XX:+Use*GC*) ;;
  *) set -- -XX:+UseG1GC "$@" ;;
esac

# Without the cache, or with one that does not fit, push starts just the same, only slower. Its profiles are not
# replayed: compiling all that was hot in the training takes a fifth of the CPU of a start, for code that a hub which
# has just started does not run yet.
if [ -r "$home/lib/push.aot" ]; then
  set -- "-XX:AOTCache=$home/lib/push.aot" -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining "$@"
fi

# The heap begins small, and may grow as soon as more than a hundredth of the time goes to the collector: a busy hub's log
# is a third of it, and in a tight heap is marked again and again.
# What the machine prints when the memory is used up goes to stderr, as stdout belongs to the commands' results.
# exec: whoever stops this process stops push.
exec "$home/bin/java" \
  -Xms16m -Xmx256m -XX:GCTimeRatio=99 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -XX:+DisplayVMOutputToStderr \
  -Xlog:disable -Xlog:all=warning,aot*=off,cds*=off:stderr \
  --sun-misc-unsafe-memory-access=allow @NATIVE_ACCESS@ \
  "-Dapp.home=$home" \
  "$@"
