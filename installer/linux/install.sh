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
CONTENTS="@CONTENTS@"

usage() {
    cat <<TEXT
Answerprint $VERSION: film restoration on your own machine.

    sh $(basename "$0") [--quiet] [--prefix DIR] | --check | --help

--prefix DIR   the folder of the program (a user's: ~/.local/opt/answerprint, root's, for everybody: /opt/answerprint)
--quiet        say nothing but errors, ask nothing
--check        only check that this .run file is whole
TEXT
}

fail() { echo "answerprint installer: $*" >&2; exit 1; }
say() { [ -n "$quiet" ] || echo "$*"; }
payload() { tail -c "+$((PAYLOAD + 1))" -- "$self"; }
new_folders() { [ -d "$1" ] || { echo "$1" && new_folders "$(dirname "$1")"; }; }
standing() { if [ -d "$1" ]; then echo "$1"; else standing "$(dirname "$1")"; fi; }
others() { ls -A "$1" 2>/dev/null | grep -vxF "$(printf '%s\n' $CONTENTS)" || true; }       # what the program has not put into a folder
older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

real() {        # a path without links, and without a slash at its end
    if [ -d "$1" ]; then (CDPATH='' cd -- "$1" && pwd -P); return; fi
    above=$(real "$(dirname -- "$1")")
    printf '%s\n' "${above%/}/$(basename -- "$1")"
}

check_whole() {
    if [ "$PAYLOAD" -eq 0 ]; then
        [ -z "$only_check" ] || fail "--check is for the .run file; check the archive with SHA256SUMS"
        return
    fi
    [ "$(payload | sha256sum | cut -d ' ' -f 1)" = "$SUM" ] || fail "this file is damaged; copy it again. Nothing was installed"
}

check_system() {
    [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "this program is for Linux on x86_64; this is $(uname -s) on $(uname -m)"
    for tool in tar xz sha256sum; do
        command -v "$tool" >/dev/null || fail "'$tool' is missing here; install it (package $([ $tool = xz ] && echo xz-utils || echo $tool)) and try again"
    done
    glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d ' ' -f 2)
    [ -n "$glibc" ] || fail "this system has no GNU C library; the program needs one@SYSTEMS@"
    ! older "$glibc" "$NEEDED_GLIBC" ||
        fail "the C library here is $glibc and $NEEDED_GLIBC is needed@SYSTEMS@. Nothing was installed"
}

at_work() {     # whether a program of the folder $1 still runs after a few seconds: what was just closed takes a moment to end
    for _ in 1 2 3 4 5; do
        running=
        for process in /proc/[0-9]*/exe; do
            case $(readlink "$process" 2>/dev/null || true) in "$1"/*) running=yes ;; esac
        done
        [ -n "$running" ] || return 1
        sleep 1
    done
}

check_place() {
    case $prefix in
        *[\&\|\\%\$\"\`]* | *"
"*) fail "$prefix: has & | \\ % \$ \" \` or a new line in it, which a menu cannot hold; choose another folder with --prefix" ;;
    esac
    for folder in "$prefix" "$prefix.installing" "$prefix.before"; do
        [ ! -h "$folder" ] || fail "$folder: is a link; choose another folder with --prefix"
        [ ! -e "$folder" ] || [ -r "$folder" ] || fail "$folder: cannot be read; choose another folder with --prefix"
        other=$(others "$folder" | head -n 1)
        [ -z "$other" ] ||
            fail "$folder: is there and holds something else ($other); move that away, or choose an empty or a new folder with --prefix"
    done
    if [ -n "$(ls -A "$prefix" 2>/dev/null)" ] && ! { [ -e "$prefix/entries.sh" ] && [ -e "$prefix/answerprint-worker" ]; }; then
        fail "$prefix: is there and holds something else; choose an empty or a new folder with --prefix"
    fi
    ! at_work "$prefix" ||
        fail "Answerprint in $prefix is at work; close it (a training goes on in its own process: stop it) and try again"
}

check_command() {       # the command of another copy of the program may be taken over, and one whose program is gone
    if [ -e "$command" ] && ! { [ -h "$command" ] && [ -e "$(dirname "$(readlink -f "$command")")/entries.sh" ]; }; then
        fail "$command: is there and is not this program's; move it away and try again. Nothing was installed"
    fi
}

check_room() {
    parents=$(new_folders "$(dirname "$prefix")")
    above=$(standing "$(dirname "$prefix")")
    [ -w "$above" ] || fail "$above: cannot be written to; choose another folder with --prefix"
    free=$(df -Pk "$above" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt "$KILOBYTES" ] ||
        fail "$prefix: the program takes $((KILOBYTES / 1000)) MB and $((free / 1000)) MB are free; free some, or choose another disk with --prefix. Nothing was installed"
}

clean_up() {
    rm -rf "$new"
    printf '%s\n' "$parents" | while read -r folder; do rmdir "$folder" 2>/dev/null || true; done
}

unpack() {
    new=$prefix.installing
    rm -rf "$new"
    trap clean_up EXIT
    trap 'exit 130' INT TERM HUP
    mkdir -p "$new"
    if [ "$PAYLOAD" -gt 0 ]; then
        payload | xz -dc | tar -xf - -C "$new" --strip-components=1 --no-same-owner || fail "$new: the program could not be unpacked (see above). Nothing was installed"
    else
        cp -R "$(dirname "$self")/." "$new" || fail "$new: the program could not be copied (see above). Nothing was installed"
    fi
    rm -f "$new/install.sh"
    [ "$(id -u)" != 0 ] || chmod -R a+rX,go-w "$new"        # for everybody, however the archive was unpacked
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
    if [ "$(id -u)" = 0 ]; then
        usual=/opt/answerprint bin=/usr/local/bin
        umask 022
    else
        usual=${HOME:?}/.local/opt/answerprint bin=$HOME/.local/bin
    fi
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
    usual=$(real "$usual")
    case $prefix in "") prefix=$usual ;; /*) ;; *) prefix=$PWD/$prefix ;; esac
    prefix=$(real "$prefix")
    [ "$prefix" = "$usual" ] && entry=answerprint || entry=answerprint-$VERSION
    command=$bin/$entry
    check_place
    check_command
    check_room
    say "Installing Answerprint $VERSION in $prefix ..."
    unpack
    put_in_place
    sh "$prefix/entries.sh" add "$entry"
    missing=$(LD_LIBRARY_PATH="$prefix/_internal" ldd "$prefix"/_internal/PyQt6/QtWidgets.abi3.so 2>/dev/null | awk '/not found/ { print $1 }' | sort -u | tr '\n' ' ')
    [ -z "$missing" ] || echo "The window needs libraries that this system lacks ($missing): on Debian and Ubuntu, apt install $PACKAGES" >&2
    say "Done: '$entry' in the menu and on the path. '$prefix/answerprint' selftest checks it all in some minutes; '$prefix/uninstall.sh' removes it."
}

main "$@"
exit 0
