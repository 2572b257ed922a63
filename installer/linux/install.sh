#!/bin/sh
# Answerprint @VERSION@: puts the program into a folder of its own. No network, no administrator.
#
# With the program behind it, this is the self-extracting installer; beside an unpacked program it copies that.
set -eu
VERSION=@VERSION@
NEEDED_GLIBC=@GLIBC@
KILOBYTES=@KILOBYTES@
PAYLOAD=@PAYLOAD@       # bytes before the program; 0: it lies beside this script
SUM=@SUM@
PACKAGES="@PACKAGES@"

usage() {
    cat <<TEXT
Answerprint $VERSION: film restoration on your own machine.

    sh $(basename "$0") [--quiet] [--prefix DIR] | --check | --help

--prefix DIR   the folder of the program (a user's: ~/.local/opt/answerprint, root's, for everybody: /opt/answerprint)
--quiet        say nothing but errors, ask nothing
--check        only check that this file is whole
TEXT
}

fail() { echo "answerprint installer: $*" >&2; exit 1; }
say() { [ -n "$quiet" ] || echo "$*"; }
payload() { tail -c "+$((PAYLOAD + 1))" -- "$self"; }
new_folders() { [ -d "$1" ] || { echo "$1" && new_folders "$(dirname "$1")"; }; }
older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

check_whole() {
    [ "$PAYLOAD" -eq 0 ] && return
    [ "$(payload | sha256sum | cut -d ' ' -f 1)" = "$SUM" ] || fail "this file is damaged; copy it again. Nothing was installed"
}

check_system() {
    [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "this program is for Linux on x86_64; this is $(uname -s) on $(uname -m)"
    for tool in tar xz sha256sum; do
        command -v "$tool" >/dev/null || fail "'$tool' is missing here; install it (package $([ $tool = xz ] && echo xz-utils || echo $tool)) and try again"
    done
    glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d ' ' -f 2)
    [ -n "$glibc" ] || fail "this system has no GNU C library; it needs Ubuntu 20.04, Debian 11, RHEL or Rocky 9, or later"
    ! older "$glibc" "$NEEDED_GLIBC" ||
        fail "the C library here is $glibc and $NEEDED_GLIBC is needed: Ubuntu 20.04, Debian 11, RHEL or Rocky 9, or later. Nothing was installed"
}

check_place() {
    case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
    if [ -e "$prefix" ] && [ ! -e "$prefix/_internal" ] && [ -n "$(ls -A "$prefix")" ]; then
        fail "$prefix: is there and holds something else; choose an empty or a new folder with --prefix"
    fi
    for process in /proc/[0-9]*/exe; do
        case $(readlink "$process" 2>/dev/null || true) in
            "$prefix"/*) fail "Answerprint in $prefix is at work; close it (a training goes on in its own process: stop it) and try again" ;;
        esac
    done
    parents=$(new_folders "$(dirname "$prefix")")
    mkdir -p "$(dirname "$prefix")" 2>/dev/null && [ -w "$(dirname "$prefix")" ] ||
        fail "$(dirname "$prefix"): cannot be written to; choose another folder with --prefix"
    free=$(df -Pk "$(dirname "$prefix")" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt "$KILOBYTES" ] ||
        fail "$prefix: the program takes $((KILOBYTES / 1000)) MB and $((free / 1000)) MB are free; free some, or choose another disk with --prefix. Nothing was installed"
}

unpack() {
    new=$prefix.installing
    rm -rf "$new"
    trap 'rm -rf "$new"' EXIT
    trap 'exit 130' INT TERM HUP
    mkdir "$new"
    if [ "$PAYLOAD" -gt 0 ]; then
        payload | xz -dc | tar -xf - -C "$new" --strip-components=1 --no-same-owner || fail "$new: the program could not be unpacked (see above). Nothing was installed"
    else
        cp -R "$(dirname "$self")/." "$new" || fail "$new: the program could not be copied (see above). Nothing was installed"
    fi
    rm -f "$new/install.sh"
    started=$("$new/answerprint" --version 2>&1) && [ "$started" = "Answerprint $VERSION" ] ||
        fail "the program does not start here ($(echo "$started" | tail -n 1)); on Debian and Ubuntu: apt install $PACKAGES. Nothing was installed"
}

put_in_place() {
    rm -rf "$prefix.before"
    echo "$parents" >"$new/parents.txt"
    for list in parents.txt entries.txt; do         # what this program made outside its folder, and takes away again one day
        [ ! -e "$prefix/$list" ] || cp "$prefix/$list" "$new/"
    done
    [ ! -e "$prefix" ] || mv "$prefix" "$prefix.before"
    mv "$new" "$prefix"
    trap - EXIT INT TERM HUP
    rm -rf "$prefix.before"
}

main() {
    self=$0 quiet="" only_check="" prefix=""
    [ "$(id -u)" = 0 ] && usual=/opt/answerprint || usual=${HOME:?}/.local/opt/answerprint
    while [ $# -gt 0 ]; do
        case $1 in
            --quiet) quiet=yes ;;
            --prefix) [ $# -gt 1 ] || fail "--prefix needs a folder"; prefix=$2; shift ;;
            --prefix=*) prefix=${1#--prefix=} ;;
            --check) only_check=yes ;;
            --help) usage; exit 0 ;;
            *) fail "'$1' is not known; see --help" ;;
        esac
        shift
    done
    check_system
    check_whole
    [ -z "$only_check" ] || { say "this file is whole: Answerprint $VERSION"; exit 0; }
    prefix=${prefix:-$usual}
    check_place
    say "Installing Answerprint $VERSION in $prefix ..."
    unpack
    put_in_place
    [ "$prefix" = "$usual" ] && entry=answerprint || entry=answerprint-$VERSION
    sh "$prefix/entries.sh" add "$entry"
    missing=$(LD_LIBRARY_PATH="$prefix/_internal" ldd "$prefix"/_internal/PyQt6/QtWidgets.abi3.so 2>/dev/null | awk '/not found/ { print $1 }' | sort -u | tr '\n' ' ')
    [ -z "$missing" ] || echo "The window needs libraries that this system lacks ($missing): on Debian and Ubuntu, apt install $PACKAGES" >&2
    say "Done: '$entry' in the menu and on the path. '$prefix/answerprint' selftest checks it all in some minutes; '$prefix/uninstall.sh' removes it."
}

main "$@"
exit 0
