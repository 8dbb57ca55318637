# shellcheck shell=sh disable=SC2034
# Finds the newest Java on this machine; sourced by mvnw and plumb. POSIX sh.
#
#   find_jdk TOOL     TOOL is javac (to build) or java (to run)
#
# Sets JDK_HOME and JDK_VERSION (such as 25.0.3) and returns 0, or prints what was found and what
# to install and returns 69. A JDK's `release` file is read instead of starting a JVM: starting
# one takes longer than everything else the launcher does.

JDK_OLDEST=21

find_jdk() {
  JDK_HOME='' JDK_VERSION='' jdk_best=0 jdk_seen=''
  if [ -n "${PLUMB_JAVA_HOME:-}" ]; then
    jdk_consider "$PLUMB_JAVA_HOME" "$1"
    [ -n "$JDK_HOME" ] && return 0
    printf '%s\n' \
      "PLUMB_JAVA_HOME=$PLUMB_JAVA_HOME is not a Java $JDK_OLDEST or newer with bin/$1." \
      "Nothing was started." \
      "Point it at one, or unset it and the newest Java on this machine is used." >&2
    return 69
  fi
  jdk_on_path=$(command -v java 2>/dev/null) && jdk_on_path=$(readlink -f "$jdk_on_path" 2>/dev/null) ||
    jdk_on_path=''
  for jdk_candidate in "${JAVA_HOME:-}" "${jdk_on_path%/bin/java}" \
    /usr/lib/jvm/* \
    "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /opt/*; do
    jdk_consider "$jdk_candidate" "$1"
  done
  [ -n "$JDK_HOME" ] && return 0
  printf '%s\n' \
    "Plumbline needs Java $JDK_OLDEST or newer (with bin/$1), and none was found.${jdk_seen:- No other Java was seen either.}" \
    "Nothing was started." \
    "Install a JDK (21 or 25, from any vendor), or set PLUMB_JAVA_HOME to one that is already here." >&2
  return 69
}

# jdk_consider DIR TOOL: takes DIR if it has the tool and is newer than what was taken before.
jdk_consider() {
  [ -r "$1/release" ] && [ -x "$1/bin/$2" ] || return 0
  jdk_version=''
  while IFS='=' read -r jdk_key jdk_value; do
    [ "$jdk_key" = JAVA_VERSION ] || continue
    jdk_version=${jdk_value#\"}
    jdk_version=${jdk_version%%\"*}
    break
  done <"$1/release"
  jdk_feature=${jdk_version%%[!0-9]*}
  [ -n "$jdk_feature" ] || return 0
  if [ "$jdk_feature" -lt $JDK_OLDEST ]; then
    jdk_seen="$jdk_seen
  found: Java $jdk_version in $1"
  elif [ "$jdk_feature" -gt "$jdk_best" ]; then
    jdk_best=$jdk_feature JDK_HOME=$1 JDK_VERSION=$jdk_version
  fi
}
