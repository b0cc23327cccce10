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

# Text is UTF-8 whatever the locale. Java reads arguments, variables and the names of files in the encoding of its locale, and
# no option changes that. In the locale "C", which cron, units and containers have, or in one that is not installed, every
# letter beyond ASCII would be lost. Where there is no program to ask, the system is small, and has C.UTF-8 built in.
for locale in C.UTF-8 en_US.UTF-8; do
  if [ "$(LC_ALL=$locale locale charmap 2>/dev/null || echo UTF-8)" = UTF-8 ]; then
    export LC_ALL=$locale
    break
  fi
done

# The collector whose pauses are short also when the heap has filled with events that have left the log. The serial one stops
# the hub for some 70 ms then.
collector=-XX:+UseG1GC
heap=-Xmx256m
cache=$home/lib/push.aot

# Looks at options from elsewhere, and gives up what Java refuses, or takes no notice of, beside ours.
heed() {
  for option; do
    case $option in
      -XX:[+-]UseSerialGC | -XX:[+-]UseParallelGC | -XX:[+-]UseG1GC | -XX:[+-]UseZGC | -XX:[+-]UseShenandoahGC \
        | -XX:[+-]UseEpsilonGC) collector='' ;;
      -XX:MaxRAMPercentage=*) heap='' ;;
      -Xshare:* | -XX:SharedArchiveFile=* | -XX:SharedClassListFile=* | -XX:DumpLoadedClassList=* \
        | -XX:[+-]AutoCreateSharedArchive | -XX:AOTCache=* | -XX:AOTCacheOutput=* | -XX:AOTConfiguration=* \
        | -XX:AOTMode=record | -XX:AOTMode=create) cache='' ;;
    esac
  done
}

# Options are split at blanks, but asterisks in them are left alone.
set -f
# shellcheck disable=SC2086
heed ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${PUSH_JAVA_OPTS:-}
if [ -r "$home/etc/java.options" ]; then
  while read -r line || [ -n "$line" ]; do
    # shellcheck disable=SC2086
    heed ${line%%#*}
  done < "$home/etc/java.options"
fi

# From here on options are put in front of those already there; Java takes the last of two.
# shellcheck disable=SC2086
set -- ${PUSH_JAVA_OPTS:-} -m @MAIN@ "$@"

if [ -r "$home/etc/logging.properties" ]; then
  set -- "-Djava.util.logging.config.file=$home/etc/logging.properties" "$@"
fi

if [ -r "$home/etc/java.options" ]; then
  set -- "@$home/etc/java.options" "$@"
fi

# Without the cache, or with one that does not fit, push starts just the same, only slower. Its profiles are not
# replayed: compiling all that was hot in the training takes a fifth of the CPU of a start, for code that a hub which
# has just started does not run yet.
if [ -n "$cache" ] && [ -r "$cache" ]; then
  set -- "-XX:AOTCache=$cache" -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining "$@"
fi

# The heap begins small, and may grow as soon as more than a hundredth of the time goes to the collector: a busy hub's log
# is a third of it, and in a tight heap is marked again and again.
# What the machine prints when the memory is used up goes to stderr, as stdout belongs to the commands' results.
# exec: whoever stops this process stops push.
exec "$home/bin/java" \
  -Xms16m ${heap:+"$heap"} ${collector:+"$collector"} \
  -XX:GCTimeRatio=99 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -XX:+DisplayVMOutputToStderr \
  -Xlog:disable -Xlog:all=warning,aot*=off,cds*=off:stderr \
  --sun-misc-unsafe-memory-access=allow @NATIVE_ACCESS@ \
  "-Dapp.home=$home" \
  "$@"
