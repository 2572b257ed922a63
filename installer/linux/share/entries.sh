#!/bin/sh
# The program's entries in menus, file types and the path: `entries.sh add NAME`, `entries.sh remove`. They are a link and small files
# outside the program's folder, all named after NAME; entries.txt lists them and the folders that were made for them. What another copy
# of the program has taken over since is left alone.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
if [ "$(id -u)" = 0 ]; then
    umask 022
    bin=/usr/local/bin share=/usr/local/share
else
    bin=${HOME:?}/.local/bin share=${XDG_DATA_HOME:-$HOME/.local/share}
fi
list=$here/entries.txt

refresh() {
    for folder in applications mime icons/hicolor; do
        [ -d "$share/$folder" ] || continue
        case $folder in
            applications) set -- update-desktop-database -q ;;
            mime) set -- update-mime-database ;;
            *) set -- gtk-update-icon-cache -q -t -f ;;
        esac
        if command -v "$1" >/dev/null; then "$@" "$share/$folder" >/dev/null 2>&1 || true; fi
    done
}

folder() {      # make a folder; each that is new is written down, the deepest last
    [ -d "$1" ] || { folder "$(dirname "$1")" && mkdir "$1" && echo "$1/" >>"$list"; }
}

put() {         # what comes in becomes this file
    folder "$(dirname "$1")"
    cat >"$1"
    echo "$1" >>"$list"
}

add() {
    label=Answerprint
    [ "$1" = answerprint ] || label="Answerprint ${1#answerprint-}"
    remove
    folder "$bin"
    ln -sf "$here/answerprint" "$bin/$1"
    echo "$bin/$1" >>"$list"
    sed -e "s|@NAME@|$label|" -e "s|@PROGRAM@|$here/answerprint|" -e "s|@ENTRY@|$1|" "$here/share/answerprint.desktop" |
        put "$share/applications/$1.desktop"
    put "$share/mime/packages/$1.xml" <"$here/share/answerprint.xml"
    put "$share/man/man1/$1.1" <"$here/share/answerprint.1"
    put "$share/icons/hicolor/scalable/apps/$1.svg" <"$here/share/answerprint.svg"
    put "$share/icons/hicolor/256x256/apps/$1.png" <"$here/share/answerprint.png"
    refresh
}

remove() {
    [ -f "$list" ] || return 0
    link=$(grep "^$bin/" "$list" | grep -v '/$' || true)
    if [ "$(readlink "$link")" = "$here/answerprint" ]; then
        grep -v '/$' "$list" | while read -r file; do rm -f "$file"; done
    fi
    refresh
    grep '/$' "$list" | sort -r | while read -r made; do        # what the system's own tools have written into folders made for this
        case $made in
            */mime/) [ -n "$(ls "$made/packages" 2>/dev/null)" ] || rm -rf "$made" ;;
            */mime/*) continue ;;
            */applications/) [ "$(ls "$made")" != mimeinfo.cache ] || rm -f "$made/mimeinfo.cache" ;;
            */icons/hicolor/) [ "$(ls "$made")" != icon-theme.cache ] || rm -f "$made/icon-theme.cache" ;;
        esac
        rmdir "$made" 2>/dev/null || true
    done
    rm -f "$list"
}

case ${1:-} in
    add) add "${2:?}" ;;
    remove) remove ;;
    *) echo "entries.sh: add NAME, or remove" >&2; exit 1 ;;
esac
