#!/bin/sh
# Makes the base that the Linux program is built on: an old Debian with a CPython of its own, so that the program asks for no newer C
# library than that Debian has (2.31), and runs on RHEL and Rocky 9, Ubuntu 20.04, Debian 11 and later.
#
#     sudo sh installer/linux/old_base.sh FOLDER
#
# It needs Debian 12 or a relative of it, debootstrap, dpkg-dev and the package archives (sources of the main section too). FOLDER takes
# 1.5 GB; once it is whole it is used again, until what goes into it changes. CPython is the one of Debian 12 with its security patches and
# without Debian's own layout.
set -eu
BASE=${1:?say which folder the base goes to}
HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
RELEASE=bullseye
PYTHON=3.11
TOOLS="gcc libc6-dev make binutils zlib1g-dev libffi-dev libssl-dev libbz2-dev liblzma-dev libexpat1-dev uuid-dev"
SCREEN="libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 \
libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-util1 libxcb-xinerama0 libxcb-xkb1 libwayland-cursor0 libwayland-egl1"
LISTS="$RELEASE $TOOLS $SCREEN"
MADE="$RELEASE $PYTHON $(cksum < "$HERE/old_base.sh")"

[ "$(cat "$BASE/made" 2>/dev/null || true)" = "$MADE" ] && exit 0
if [ "$(cat "$BASE/bootstrapped" 2>/dev/null || true)" != "$LISTS" ]; then
    rm -rf "$BASE"
    mkdir -p "$BASE"
    debootstrap --variant=minbase --include="$(echo $TOOLS $SCREEN | tr ' ' ',')" "$RELEASE" "$BASE" >"$BASE.log" 2>&1 || { tail -5 "$BASE.log"; exit 1; }
    echo "$LISTS" >"$BASE/bootstrapped"
fi

# The source, by the package archives of this machine, with sources asked for too.
WORK="$BASE/usr/src/python"
rm -rf "$WORK"
mkdir -p "$WORK/lists/partial" "$WORK/sources"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] && sed -e 's/^Types: deb$/Types: deb-src/' -e 's/^deb /deb-src /' "$file" >"$WORK/sources/$(basename "$file")"
done
APT="-o Dir::Etc::sourcelist=$WORK/sources/sources.list -o Dir::Etc::sourceparts=$WORK/sources -o Dir::State::lists=$WORK/lists -o APT::Sandbox::User=root"
apt-get -qq $APT update
(cd "$WORK" && apt-get -qq $APT source --download-only "python$PYTHON/$(. /etc/os-release && echo "$VERSION_CODENAME")")
mkdir "$WORK/tree"
tar xf "$WORK"/*.orig.tar.* -C "$WORK/tree" --strip-components=1
tar xf "$WORK"/*.debian.tar.* -C "$WORK/tree"
# Upstream's later corrections and all security patches, of which pyexpat's looks into the core (setup.py, below). CVE-2023-41105 is among the former already.
for patch in $(sed 's/ .*//' "$WORK/tree/debian/patches/series" | grep -E '^(git-updates|CVE-|00[0-9]+-3)' | grep -v CVE-2023-41105); do
    (cd "$WORK/tree" && patch -p1 -s --forward <"debian/patches/$patch")
done

chroot "$BASE" /bin/sh -eu <<BUILD
cd /usr/src/python/tree
rm -rf Lib/test Lib/idlelib Lib/tkinter Lib/lib2to3/tests
sed -i "s/Extension('pyexpat', sources=.'pyexpat.c'.)/Extension('pyexpat', sources=['pyexpat.c'], extra_compile_args=['-DPy_BUILD_CORE_MODULE'])/" setup.py
./configure --prefix=/opt/python --enable-shared --with-system-expat --without-ensurepip LDFLAGS=-Wl,-rpath,/opt/python/lib >/dev/null
make -j"$(nproc)" >/dev/null 2>&1
make install >/dev/null 2>&1
rm -rf /usr/src/python
BUILD
chroot "$BASE" "/opt/python/bin/python$PYTHON" -c "import bz2, ctypes, hashlib, lzma, pyexpat, ssl, uuid, zlib, _elementtree"
echo "$MADE" >"$BASE/made"
