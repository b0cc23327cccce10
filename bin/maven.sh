# Sourced by the other scripts, after jdk.sh and with pipefail. Runs Maven, and prints the cause if a build fails.

# Without a terminal, there are no colours. Maven's console library would still send its reset.
if [ -t 1 ] && [ -t 2 ]; then
  colour=always
  MAVEN_OPTS="$MAVEN_OPTS -Djansi.mode=force"
else
  colour=never
  MAVEN_OPTS="$MAVEN_OPTS -Djansi.mode=strip -Djansi.noreset=true"
fi

# find_maven: sets `maven` to the one on the PATH, or else to the wrapper, which downloads one.
find_maven() {
  maven=mvn
  ! command -v mvn >/dev/null || return 0
  maven=$root/mvnw
  command -v unzip >/dev/null && return 0
  echo "push: Maven was not found; install Maven 3.8.7 or newer, or install unzip, which ./mvnw needs" >&2
  return 1
}

# run_maven LOG ARGUMENTS…: writes Maven's output to stdout and to LOG. Returns Maven's exit code.
run_maven() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$maven" -B -ntp "-Dstyle.color=$colour" -f "$root/pom.xml" "$@" 2>&1 | tee "$log"
}

# report_failure LOG: prints the cause of a failed build as the last line. Maven's own last lines are about Maven, and the
# cause is hundreds of lines above them.
report_failure() {
  echo "push: the build failed; all of its output is in $1" >&2
  echo "push: cause: $(reason "$1")" >&2
}

# reason LOG: prints the most informative of the messages that Maven may have printed.
reason() {
  awk '
    function keep(kind, text) { if (!(kind in found)) found[kind] = text }
    { gsub(/\033\[[0-9;]*m/, ""); sub(/ -> \[Help [0-9]+\]$/, "") }
    NF { last = $0 }
    pending != "" && NF { sub(/^\[ERROR\] +/, ""); keep(pending, before $0); pending = "" }
    /^\[ERROR\] push: / { keep("image", substr($0, 15)) }
    /^\[ERROR\] (Failures|Errors): *$/ { in_tests = 1; next }
    in_tests && /^\[ERROR\]   / { if (++tests <= 3) failed = failed (tests > 1 ? "; " : "") substr($0, 11) }
    /^\[ERROR\] Tests run: / { in_tests = 0 }
    /^\[ERROR\] [^ ].*:\[[0-9]+,[0-9]+\] / { keep("source", substr($0, 9)) }
    /^\[WARNING\] [^ ].*:\[[0-9]+,[0-9]+\] / { keep("warning", substr($0, 11)) }
    /^\[ERROR\] .*-Werror specified$/ && "warning" in found { keep("source", found["warning"]) }
    /^\[ERROR\] Rule [0-9]+: .* failed with message:$/ { pending = "rule"; before = "" }
    /^\[ERROR\] Failed to execute goal / {
      text = $0
      sub(/^\[ERROR\] Failed to execute goal (.* )?on project /, "", text)
      if (text ~ /:$/) { pending = "goal"; before = text " " } else keep("goal", text)
    }
    /^\[ERROR\] [^ ]/ { keep("error", substr($0, 9)) }
    END {
      if ("image" in found) print found["image"]
      else if (tests) print "tests failed: " failed (tests > 3 ? "; and " tests - 3 " more" : "")
      else if ("source" in found) print found["source"]
      else if ("rule" in found) print found["rule"]
      else if ("goal" in found) print found["goal"]
      else if ("error" in found) print found["error"]
      else print last == "" ? "Maven printed nothing" : last
    }' "$1"
}
