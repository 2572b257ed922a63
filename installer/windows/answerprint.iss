; The Windows installer by Inno Setup 6: per user, no administrator, and in several files where one would be too large (a program with
; CUDA). It behaves as answerprint.nsi does, but for one thing: it does not look whether the program is at work. Not verified: nobody has
; compiled it yet.
;
;   ISCC /DVERSION=1.2.3 /DBUNDLE=..\..\dist\answerprint /DLICENCE=..\..\LICENSE /DOUT=..\..\dist answerprint.iss
;
; Answerprint-1.2.3-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /DIR="C:\Some folder"
; unins000.exe /VERYSILENT              settings stay. Projects and results always stay

#define TYPE "Software\Classes\Answerprint.Project"
#ifndef VERSION
  #error say /DVERSION=, /DBUNDLE=, /DLICENCE= and /DOUT=
#endif

[Setup]
AppId=Answerprint-{#VERSION}
AppName=Answerprint
AppVersion={#VERSION}
AppVerName=Answerprint {#VERSION}
DefaultDirName={localappdata}\Programs\Answerprint\{#VERSION}
UsePreviousAppDir=yes
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
LicenseFile={#LICENCE}
OutputDir={#OUT}
OutputBaseFilename=answerprint-{#VERSION}-windows-x86_64-inno
UninstallDisplayIcon={app}\answerprint.exe
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
CloseApplications=no
Compression=lzma2
SolidCompression=yes
DiskSpanning=yes
DiskSliceSize=2000000000
; To sign: define a tool "signtool" in ISCC's call (/Ssigntool=...) and take the semicolon away.
;SignTool=signtool

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Files]
Source: "{#BUNDLE}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{userprograms}\Answerprint {#VERSION}"; Filename: "{app}\answerprint.exe"

[Registry]
Root: HKCU; Subkey: "Software\Classes\.answerprint"; ValueType: string; ValueData: "Answerprint.Project"
Root: HKCU; Subkey: "{#TYPE}"; ValueType: string; ValueData: "{cm:Kind}"
Root: HKCU; Subkey: "{#TYPE}\DefaultIcon"; ValueType: string; ValueData: "{app}\answerprint.exe,0"
Root: HKCU; Subkey: "{#TYPE}\shell\open\command"; ValueType: string; ValueData: """{app}\answerprint.exe"" ""%1"""

[CustomMessages]
en.Kind=Answerprint project
es.Kind=Proyecto de Answerprint
en.AskSettings=Delete your settings, the cache and the GPU pack of Answerprint too (%1, %2)? Other versions of it use them as well.
es.AskSettings=¿Borrar también sus ajustes, la caché y el paquete GPU de Answerprint (%1, %2)? Otras versiones también los usan.
en.ProjectsStay=Projects and results stay, in %1 or where you put them.
es.ProjectsStay=Los proyectos y resultados se quedan, en %1 o donde los puso.

[Code]
procedure ForgetTheFileType;
var Opens: String;
begin
  if RegQueryStringValue(HKCU, '{#TYPE}\shell\open\command', '', Opens) and
     (Opens = '"' + ExpandConstant('{app}') + '\answerprint.exe" "%1"') then begin
    RegDeleteKeyIncludingSubkeys(HKCU, '{#TYPE}');
    RegDeleteKeyIncludingSubkeys(HKCU, 'Software\Classes\.answerprint');
  end;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var Settings, Data, Question: String;
begin
  if Step <> usPostUninstall then exit;
  ForgetTheFileType;
  if UninstallSilent then exit;
  Settings := ExpandConstant('{userappdata}\Answerprint');
  Data := ExpandConstant('{localappdata}\Answerprint');
  Question := FmtMessage(CustomMessage('AskSettings'), [Settings, Data]) + #13#10 +
    FmtMessage(CustomMessage('ProjectsStay'), [ExpandConstant('{userdocs}\Answerprint')]);
  if MsgBox(Question, mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then begin
    DelTree(Settings, True, True, True);
    DelTree(Data, True, True, True);
  end;
end;
