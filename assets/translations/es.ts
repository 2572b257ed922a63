<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>wizard.flow</name>
  <message>
   <source>{picked} picked, {held} held out</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} frames flagged</source>
   <extracomment>for one: {n} frame flagged</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Recovery</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Media</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Align</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Train</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Review</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You can look while it works</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped: {why}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Solve this to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>made before a change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose what is nearest to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>media is missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show where the media is to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>reading</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no scan yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the scan to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no reference yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the reference to go on</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} guessed values</source>
   <extracomment>for one: {n} guessed value</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message numerus="yes">
   <source>Confirm the {n} guessed values to go on</source>
   <extracomment>for one: Confirm the guessed value to go on</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Frames opens when the films are aligned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not started</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Align the films to go on</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} doubtful frames</source>
   <extracomment>for one: {n} doubtful frame</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Pick at least one frame to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Train to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped by you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>opens after Media</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>opens after Align</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>opens after Frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>opens after Train</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Review opens after the training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on with the training to open Review</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.frame</name>
  <message>
   <source>Next: {step}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back: {step}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Something</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Beginning</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.graphs.curve</name>
  <message>
   <source>Error on the picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The curve starts with the first steps.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LUT</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Training</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.graphs.timemap</name>
  <message numerus="yes">
   <source>{n} frames not in the reference</source>
   <extracomment>for one: {n} frame not in the reference</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} frames lost at a splice in the scan</source>
   <extracomment>for one: {n} frame lost at a splice in the scan</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Not matched yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>doubtful above {pixels} px</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frame {frame}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Misfit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{pixels} px</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not in the reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>doubtful</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{pixels} px misfit</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.messages</name>
  <message>
   <source>The work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} stopped: something that the program does not know</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. What was made before is kept, and the scan was not touched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try again. If it comes back, copy the report and send it to someone who can help; it holds no pictures.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} changed after {steps}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{steps} is out of date. Nothing was deleted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make it anew when you are ready.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make anew</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source> at frame {frame}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Aligning</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Balancing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choosing frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Making pairs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The trial on this machine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measuring the shots</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} stopped{at}: the disk is full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. What was written before is whole and checked; the scan was not touched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make room on the disk, or choose another folder for the results, then resume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} cannot write there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. Nothing was written and the scan was not touched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The media is not where it was</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. Nothing in the project depends on the place of the files.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Connect the drive, or show where the files are now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reference shows nothing of the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. Nothing was trained.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a reference of the same film, or another range of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} stopped: a frame cannot be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. What was made before it is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is too little film to learn from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} stopped: the memory is full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. Nothing was passed through untreated.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close other programs, then resume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The device for training is not there any more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This project was made by a newer Answerprint</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Update the program to open it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export stopped{at}: the luma of the result was not that of the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. The frame was not written.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy the report and send it to the makers of the program.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} ended without a word</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe up to the last checkpoint, a few seconds before.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The system may have ended it for want of memory. Go on from there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A file cannot be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. Nothing was changed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} cannot begin like this</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Resume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another folder...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Locate media...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replace the reference...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.session</name>
  <message>
   <source>confirming what was guessed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>choosing a film</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.viewer.compare</name>
  <message>
   <source>Wipe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Onion skin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Difference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checkerboard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Split</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>First picture only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Second picture only</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.viewer.handles</name>
  <message>
   <source>Live area, bottom right corner, x {x}, y {y}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Live area  {width} × {height}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{corner}, x {x}, y {y}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Live area, top left corner, x {x}, y {y}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Top left corner</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Top right corner</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bottom right corner</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bottom left corner</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.viewer.marks</name>
  <message>
   <source>x {x}  y {y}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>R {red}  G {green}  B {blue}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.viewer.view</name>
  <message>
   <source>zoom {zoom}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wipe at {position}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.window</name>
  <message>
   <source>Open a project</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>New project</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where is the scan now?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where is the reference now?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a film</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.words</name>
  <message>
   <source>about {hours} h {minutes} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{hours} h {minutes} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{time} left</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>about {n} seconds</source>
   <extracomment>for one: about {n} second</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message numerus="yes">
   <source>about {n} minutes</source>
   <extracomment>for one: about {n} minute</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.work</name>
  <message>
   <source>see above</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>disk full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no permission</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no media</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>other film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>damaged frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>memory full</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
