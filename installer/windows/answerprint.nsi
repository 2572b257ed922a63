; The Windows installer: per user, no administrator. Compiled by build.py, or by hand:
;
;   makensis /INPUTCHARSET UTF8 /DVERSION=1.2.3 /DBUNDLE=dist\answerprint /DREMOVE=build\remove.nsh /DLICENCE=LICENSE \
;       /DOUT=answerprint-1.2.3-windows-x86_64-setup.exe answerprint.nsi
;
; setup.exe /S /D=C:\Some folder        silent; /D comes last, without quotes
; uninstall.exe /S                      silent; settings stay. Projects and results always stay
;
; An installer holds at most 2 GB. The program with CUDA is larger: that is for answerprint.iss.

!ifndef VERSION | BUNDLE | REMOVE | LICENCE | OUT
  !error "say /DVERSION=, /DBUNDLE=, /DREMOVE=, /DLICENCE= and /DOUT="
!endif
Unicode true
!include MUI2.nsh
!include FileFunc.nsh

!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Answerprint-${VERSION}"
!define TYPE "Software\Classes\Answerprint.Project"
!define EXTENSION "Software\Classes\.answerprint"
!define OPENS '"$INSTDIR\answerprint.exe" "%1"'

Name "Answerprint ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Answerprint\${VERSION}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Answerprint"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Answerprint installer"
VIAddVersionKey LegalCopyright "GPL-3.0-or-later"

!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE Spanish

LangString AtWork ${LANG_ENGLISH} "Answerprint is at work in $INSTDIR. Close it, stop its training, and try again."
LangString AtWork ${LANG_SPANISH} "Answerprint está trabajando en $INSTDIR. Ciérrelo, detenga su entrenamiento e inténtelo de nuevo."
LangString Kind ${LANG_ENGLISH} "Answerprint project"
LangString Kind ${LANG_SPANISH} "Proyecto de Answerprint"
LangString AskSettings ${LANG_ENGLISH} "Delete your settings, the cache and the GPU pack of Answerprint too ($APPDATA\Answerprint, \
$LOCALAPPDATA\Answerprint)? Other versions of it use them as well. \
Projects and results stay, in $DOCUMENTS\Answerprint or where you put them."
LangString AskSettings ${LANG_SPANISH} "¿Borrar también sus ajustes, la caché y el paquete GPU de Answerprint ($APPDATA\Answerprint, \
$LOCALAPPDATA\Answerprint)? Otras versiones también los usan. \
Los proyectos y resultados se quedan, en $DOCUMENTS\Answerprint o donde los puso."

; A program that runs cannot be written to.
!macro STOP_WHILE_AT_WORK PROGRAM
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "$(AtWork)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  !insertmacro STOP_WHILE_AT_WORK answerprint.exe
  !insertmacro STOP_WHILE_AT_WORK answerprint-worker.exe
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\Answerprint ${VERSION}.lnk" "$INSTDIR\answerprint.exe"

  WriteRegStr HKCU "${EXTENSION}" "" "Answerprint.Project"
  WriteRegStr HKCU "${TYPE}" "" "$(Kind)"
  WriteRegStr HKCU "${TYPE}\DefaultIcon" "" "$INSTDIR\answerprint.exe,0"
  WriteRegStr HKCU "${TYPE}\shell\open\command" "" '${OPENS}'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${ENTRY}" DisplayName "Answerprint ${VERSION}"
  WriteRegStr HKCU "${ENTRY}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" DisplayIcon "$INSTDIR\answerprint.exe"
  WriteRegStr HKCU "${ENTRY}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" NoModify 1
  WriteRegDWORD HKCU "${ENTRY}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${ENTRY}" EstimatedSize $0
SectionEnd

Section Uninstall
  !insertmacro STOP_WHILE_AT_WORK answerprint.exe
  !insertmacro STOP_WHILE_AT_WORK answerprint-worker.exe
  SetOutPath "$TEMP"
  !include /CHARSET=UTF8 "${REMOVE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs\Answerprint"

  Delete "$SMPROGRAMS\Answerprint ${VERSION}.lnk"
  DeleteRegKey HKCU "${ENTRY}"
  ReadRegStr $0 HKCU "${TYPE}\shell\open\command" ""
  ${If} $0 == '${OPENS}'                ; else another version opens projects now
    DeleteRegKey HKCU "${TYPE}"
    DeleteRegKey HKCU "${EXTENSION}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ${EndIf}

  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(AskSettings)" /SD IDNO IDNO settings_stay
    RMDir /r "$APPDATA\Answerprint"
    RMDir /r "$LOCALAPPDATA\Answerprint"
  settings_stay:
SectionEnd
