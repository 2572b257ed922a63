#!/bin/sh
# Removes this copy of Answerprint: what it put into its folder, and its entries in menus and the path. Asks before settings and projects;
# with --quiet they are kept. Films, scans and results are never touched.
set -eu
CONTENTS="@CONTENTS@"
PARTS="align balance choose copies damage damage-edits done.json export fade fixity keyframes lock log.jsonl pairs proposals propose review
runs shots stop tone train trial work.json worker.log"

fail() { echo "answerprint: $*" >&2; exit 1; }

agreed() {
    [ -z "$quiet" ] || return 1
    printf '%s [y/N] ' "$1"
    read -r answer || answer=
    case $answer in y | Y | yes) return 0 ;; *) return 1 ;; esac
}

own_folders() {         # settings, small pictures for the screen, the GPU pack
    for folder in "${XDG_CONFIG_HOME:-$HOME/.config}/answerprint" "${XDG_CACHE_HOME:-$HOME/.cache}/answerprint" \
        "${XDG_DATA_HOME:-$HOME/.local/share}/answerprint"; do
        [ -d "$folder" ] && echo "$folder"
    done
    true
}

projects_folder() {
    chosen=$(sed -n 's/.*"projects": *"\([^"]*\)".*/\1/p' "${XDG_CONFIG_HOME:-$HOME/.config}/answerprint/preferences.json" 2>/dev/null || true)
    echo "${chosen:-$HOME/Documents/Answerprint}"
}

delete_project() {      # what the program made in a project's folder; whatever else lies there stays
    for part in $PARTS; do rm -rf "${1:?}/$part"; done
    rm -f "$1"/*.answerprint
    rmdir "$1" 2>/dev/null || true
}

ask_for_the_users_own() {
    projects=$(projects_folder)
    found=$(find "$projects" -name '*.answerprint' -not -path '*/copies/*' 2>/dev/null || true)
    if [ -n "$found" ] && agreed "Delete $(echo "$found" | wc -l) projects in $projects too: keyframes, models, all that was chosen? Scans and results stay."; then
        echo "$found" | while read -r file; do delete_project "$(dirname "$file")"; done
        rmdir "$projects" 2>/dev/null || true
    fi
    own=$(own_folders)
    if [ -n "$own" ] && agreed "Delete settings, the cache and the GPU pack too ($(echo "$own" | tr '\n' ' '))?
Other versions of Answerprint use them as well."; then
        echo "$own" | while read -r folder; do rm -rf "$folder"; done
    fi
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

main() {
    quiet=
    case ${1:-} in
        --quiet) quiet=yes ;;
        "") ;;
        *) fail "'$1' is not known; only --quiet is" ;;
    esac
    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    [ -e "$here/entries.sh" ] && [ -e "$here/answerprint-worker" ] || fail "$here: there is no program here"
    ! at_work "$here" || fail "Answerprint is at work; close it (a training goes on in its own process: stop it) and try again"
    [ -w "$(dirname "$here")" ] || fail "$(dirname "$here"): cannot be written to; remove the program as who installed it"
    agreed "Remove Answerprint from $here?" || [ -n "$quiet" ] || { echo "Nothing was removed."; exit 0; }
    [ "$(id -u)" = 0 ] || ask_for_the_users_own
    sh "$here/entries.sh" remove
    cd /
    made=$(cat "$here/parents.txt" 2>/dev/null || true)
    for name in $CONTENTS; do rm -rf "${here:?}/$name"; done
    rmdir "$here" 2>/dev/null || echo "answerprint: $here: what is not the program's stays there: $(ls -A "$here" | tr '\n' ' ')" >&2
    echo "$made" | while read -r folder; do rmdir "$folder" 2>/dev/null || true; done
    [ -n "$quiet" ] || echo "Answerprint is removed."
}

main "$@"
exit 0
