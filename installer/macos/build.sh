#!/bin/sh
# Builds the macOS installers, a .pkg and a .dmg, on macOS 14 or later (Apple silicon: torch has no build for Intel any more).
# Not verified: nobody has run it on a Mac yet.
#
#     sh installer/macos/build.sh
#
# To sign, give the names of two certificates of Apple's developer programme, and a keychain profile for the notary:
#     SIGN_APP="Developer ID Application: ..." SIGN_PKG="Developer ID Installer: ..." NOTARY=profile sh installer/macos/build.sh
# Without them the installers are made unsigned, and macOS asks before it opens what is in them.
set -eu
cd "$(dirname -- "$0")/../.."
[ "$(uname -s)" = Darwin ] || { echo "build.sh: this builds for macOS, and on macOS only" >&2; exit 1; }
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
STAGE=$PWD/build/macos
APP=$PWD/dist/Answerprint.app
NAME=$PWD/dist/answerprint-$VERSION-macos-arm64

# 1. What answerprint.spec looks for beside it, and an environment with the run-time libraries and the packaging tools.
rm -rf "$STAGE"
mkdir -p "$STAGE/program.iconset" "$STAGE/manuals"
cp installer/answerprint.spec "$STAGE"
cp -R installer/programs assets "$STAGE"
echo "$VERSION" >"$STAGE/version.txt"
python3 -m venv "$STAGE/venv"
PYTHON=$STAGE/venv/bin/python
"$PYTHON" -m pip install --quiet -c installer/constraints.txt ".[package]" markdown-it-py
"$PYTHON" installer/manual.py
cp -R manuals/user "$STAGE/manuals/"
find "$STAGE/manuals" -name '*.md' -delete
for size in 16 32 128 256; do
    sips -z "$size" "$size" assets/program.png --out "$STAGE/program.iconset/icon_${size}x$size.png" >/dev/null
done
iconutil -c icns "$STAGE/program.iconset" -o "$STAGE/assets/program.icns"

# 2. Answerprint.app. Its Info.plist, with the file type (CFBundleDocumentTypes), is in the spec.
"$PYTHON" -m PyInstaller --noconfirm --distpath dist --workpath "$STAGE/work" "$STAGE/answerprint.spec"
cp LICENSE "$APP/Contents/Resources/"

# 3. Sign the program: every library in it, then the whole; "hardened runtime" is what the notary asks for.
if [ -n "${SIGN_APP:-}" ]; then
    set -- codesign --force --timestamp --options runtime --sign "$SIGN_APP"
    find "$APP/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -exec "$@" {} +
    "$@" --deep "$APP"
fi

# 4. The .pkg: into ~/Applications without an administrator, or into /Applications for everybody.
pkgbuild --component "$APP" --identifier org.answerprint.Answerprint --version "$VERSION" --install-location /Applications \
    "$STAGE/program.pkg"
cat >"$STAGE/distribution.xml" <<XML
<?xml version="1.0" encoding="utf-8"?>
<installer-gui-script minSpecVersion="2">
    <title>Answerprint $VERSION</title>
    <license file="LICENSE"/>
    <domains enable_anywhere="false" enable_currentUserHome="true" enable_localSystem="true"/>
    <options customize="never" require-scripts="false" hostArchitectures="arm64"/>
    <choices-outline><line choice="program"/></choices-outline>
    <choice id="program"><pkg-ref id="org.answerprint.Answerprint"/></choice>
    <pkg-ref id="org.answerprint.Answerprint" version="$VERSION">program.pkg</pkg-ref>
</installer-gui-script>
XML
mkdir -p "$STAGE/resources"
cp LICENSE "$STAGE/resources/"
set -- productbuild --distribution "$STAGE/distribution.xml" --package-path "$STAGE" --resources "$STAGE/resources"
[ -z "${SIGN_PKG:-}" ] || set -- "$@" --sign "$SIGN_PKG"
"$@" "$NAME.pkg"

# 5. The .dmg: the program beside a link to Applications.
mkdir -p "$STAGE/dmg"
cp -R "$APP" "$STAGE/dmg/"
ln -s /Applications "$STAGE/dmg/Applications"
hdiutil create -volname "Answerprint $VERSION" -srcfolder "$STAGE/dmg" -ov -format UDZO "$NAME.dmg"

# 6. Apple's notary looks at both, and its answer is stapled to them, so that they open on a Mac without a network.
if [ -n "${NOTARY:-}" ]; then
    for made in "$NAME.pkg" "$NAME.dmg"; do
        xcrun notarytool submit "$made" --keychain-profile "$NOTARY" --wait
        xcrun stapler staple "$made"
    done
fi
ls -l "$NAME.pkg" "$NAME.dmg"
