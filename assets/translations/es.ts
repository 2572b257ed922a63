<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>wizard.flow</name>
  <message>
   <source>{picked} picked, {held} held out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pick at least one frame to go on</source>
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
   <source>Frames opens when the films are aligned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on with the training to open Review</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Review opens after the training</source>
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
  <name>wizard.graphs.cell_look</name>
  <message>
   <source>suggested</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>picked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>held out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>doubtful</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.graphs.coverage</name>
  <message>
   <source>What the picked pairs cover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>covered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing like it picked</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} frames picked</source>
   <extracomment>for one: {n} frame picked</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} held out</source>
   <extracomment>for one: {n} held out</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} frames that nothing picked is like</source>
   <extracomment>for one: {n} frame that nothing picked is like</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
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
  <name>wizard.graphs.filmstrip</name>
  <message>
   <source>Frames of the film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frame {frame}, {state}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not picked</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.graphs.sheet</name>
  <message>
   <source>Contact sheet</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} crops at steps {steps}</source>
   <extracomment>for one: {n} crop at steps {steps}</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Step {step}</source>
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
   <source>doubtful above {pixels} px</source>
   <translation type="unfinished" />
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
   <source>Frame {frame}</source>
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
   <source>{pixels} px misfit</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.kit.banner</name>
  <message>
   <source>Copy report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What this means, in the manual</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.kit.card</name>
  <message>
   <source>Before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.kit.fields</name>
  <message>
   <source>guessed</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.kit.gallery</name>
  <message>
   <source>Aligning frame {n} of {total}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colour, with a reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The scan has faded, but another copy still has its colour.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You need: the scan, and that copy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A better element</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Part of the film survives in a better gauge or generation.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You need: both elements, with some shots in common.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Coming in a later version</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Empty</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A frame number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On this machine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tried just now with 20 real steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Encoding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Candy Candy, opening</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>16 mm print, faded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Components</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Buttons</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Step rail item</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progress, in the footer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Card</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Banner: error, attention</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export stopped at frame {frame}: the disk is full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Free {size}, then resume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another folder...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reference changed after Align</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Align to Train are out of date. Nothing was deleted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choice, field, list, tags</source>
   <translation type="unfinished" />
  </message>
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
   <source>Colours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Confirm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set a sync point here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cineon log</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>24 fps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>good</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>coming</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Speed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>9.1 steps a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Alignment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>0.24 px</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rec.601, limited range</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Secondary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quiet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>14 picked, 5 held out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>2 frames flagged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Needs attention</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>23 doubtful frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>disk full</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Out of date</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>made before the last change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Later</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opens when Train has ended</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fixed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Closed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Disabled</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.kit.progress</name>
  <message>
   <source>Stop</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.kit.rail</name>
  <message>
   <source>open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>running, {share}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>needs attention</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>out of date</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>later</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>step {number}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>you are here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Answerprint, to the start screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To the start screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Manual</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Settings</source>
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
   <source>This cannot be taken as the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This cannot be taken as the reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your work is safe. Nothing was changed.</source>
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
  <message numerus="yes">
   <source>{n} frames are missing in the numbering</source>
   <extracomment>for one: {n} frame is missing in the numbering</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Missing: {frames}. Add them to the folder, or go on without them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose another...</source>
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
   <source>{what} cannot begin like this</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on without them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Resume</source>
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
  <name>wizard.probe</name>
  <message>
   <source>{rate} fps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{codec} in {container}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{depth} bit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{rate} (film sped up for PAL)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{encoding}, full range</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{encoding}, limited range</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>2:3 pulldown removed: these are film frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fields paired again: these are film frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Interlaced video: deinterlaced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} of {whole}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count}, numbered {first} – {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count}, running {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{width} × {height}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size}, pixels {across}:{down}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{depth} bit, floating point</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{depth}, black and white</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None; can be added at export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Field order</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Format</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bit depth</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Timecode</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keycode</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sound</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rec.709</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sRGB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ACES2065-1, linear</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ACEScg, linear</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ADX10</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linear, Rec.709 primaries</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Top field first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bottom field first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progressive, frames as they are</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{format} sequence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{format} stills</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progressive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In the file, goes along into movies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In the file, kept aside</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As found by the program</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} missing</source>
   <extracomment>for one: {n} missing</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>film frames whole</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fields paired again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>2:3 pulldown removed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>deinterlaced</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.probe_reasons</name>
  <message>
   <source>You chose it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The header of the first frame says it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The header of the file says it, and its timestamps agree.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The header of the file says it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The timestamps of the file say it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is the mean of the file's timestamps.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is four fifths of the video's rate, as repeated fields were taken out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Film shot at 24 runs 4 % faster on PAL video.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The headers say none. Sound film usually runs at 24, silent film at 16 to 20.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Single stills have none; movies are written at this rate.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file says none; movies are written at this rate.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The DPX header says “{0}”.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The DPX header says nothing of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DPX of {0} bit is usually Cineon log.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DPX of {0} bit is usually Rec.709.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The EXR header says that it is an ACES container.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The EXR header names the primaries of this encoding.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The EXR header names primaries that the program does not know.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The EXR header names no primaries; EXR without them is linear Rec.709.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{0} with floating point is usually linear.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{0} pictures of films are usually Rec.709.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file says {0}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file does not say its transfer curve; Rec.709 is usual.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file names a transfer curve that the program does not know ({0}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The matrix of {0} is taken by the size of the picture.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The alpha channel is left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file says that its frames are progressive.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing moves between the fields, so this is what is usual.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Both fields of a frame come from one film frame.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Film frames lay across two video frames; their fields are paired again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fields were repeated to get from 24 to 30; the repeats are taken out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The two fields show different moments; each frame is deinterlaced.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Seen in {0} frames in which something moves.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.sample</name>
  <message>
   <source>Sample film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Making the sample film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opening the sample film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Making the sample film: {share}</source>
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
  <name>wizard.settings</name>
  <message>
   <source>Theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Size of the text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Language</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folder for new projects</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>They hold for this computer and every project on it. Everything is kept at once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Neutral grey in both: the film is the only colour.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Everything grows with it; pictures keep their room.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the window. File names and records stay as they are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Projects that exist stay where they are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Everything stays on this computer. Answerprint never uses the network.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As the system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Light</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.start</name>
  <message>
   <source>New project</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a project...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recent projects</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Version {number}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.start_parts</name>
  <message>
   <source>Twelve seconds of film through every step, in a few minutes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bring a faded film back, one film at a time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>New here?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Try it on the sample film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The sample film before and after; the arrow keys move the line between</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop a project to open it, or a film to begin with it</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.start_recent</name>
  <message>
   <source>Nothing here yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your projects will be listed here, with how far each has come. Begin with a new project, drop a film on this window, or try the sample film first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove from the list</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.align</name>
  <message>
   <source>Which reference frame belongs to which scan frame, and how exactly they lie on each other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Beside the pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Matching reference to scan. You can look while it works, or close the window; it carries on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Doubtful frames stay out of training. You can go on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Aligning frame {done} of {total}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>confirming doubtful frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a sync point</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Doubtful</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Balance</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.align_side</name>
  <message>
   <source>Doubtful frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>They fit: use them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When the scan is balanced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the balanced scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Doubtful so far</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frames that do not fit well are listed here as they are found.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every frame that has a partner lies on it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove the sync point at {frame}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The fade is undone before training.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Training sees the scan as it is; its luma is balanced after.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For a scan that is balanced already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Luma is {after} off the reference, {before} without.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sync point: {scan} is {reference}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the balance</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.align_viewer</name>
  <message>
   <source>Reference {frame}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scan and reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the pictures are compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Move corners</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fit the picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pixel by pixel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Step the reference until it shows what the scan shows.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set the sync point</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scan {frame}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>moving the corners</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checkerboard</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.doubts</name>
  <message>
   <source>{misfit} px misfit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>little to see, beside a cut</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>little to see, or like its neighbours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look closely: typically {misfit} px off, {share} of frames under 1 px</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} frames</source>
   <extracomment>for one: {n} frame</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>No frame has a partner in the reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Good: typically {misfit} px off, {share} of frames under 1 px</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.export</name>
  <message>
   <source>New files in a folder of their own. The scan is only read, never written.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{encoding}, as the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Restoring frame {done} of {total}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scan and export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Luma is the scan's, checked on every frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In to out: {first} – {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Same as the scan: {width} × {height}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}_restored.[frame]</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sound for movies: {file}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checked before it starts: space, names, source files unchanged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose at least one format to go on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is not enough room in the folder for the results</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>Export {n} frames</source>
   <extracomment>for one: Export {n} frame</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>the formats</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A folder for the results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A sound file for the movies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checksums and a record for every frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A report to read, with figures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Encoding of stills and FFV1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Range</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Names</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sound for movies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Always made.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fixed until this export ends</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a sound file...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You can close the window; it carries on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open the folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the folder for the results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the encoding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The drive for the results is not connected.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>copied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the sound</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.export_facts</name>
  <message>
   <source>{bits} bit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For the archive and for grading. One file a frame, header and timecode carried over.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>OpenEXR, half float</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For effects work and ACES pipelines.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>TIFF, 16 bit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For stills, printing, and programs that do not read DPX.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PNG, 16 bit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For looking at single frames anywhere.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>For viewing, editing and screening. One file, with sound.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As 422 HQ, with colour at full resolution.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>FFV1 in Matroska</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lossless and compact. One file, checksums inside.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.export_parts</name>
  <message>
   <source>{needed} needed, {free} free</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where it goes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the folder for the results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Finished</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Written and checked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In the files luma differs from the scan's by at most {codes} code values, which is their rounding.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>First file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Free space</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not written yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Luma certificate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>exact on all {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last frame written</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.frames</name>
  <message>
   <source>Choose the pairs to learn from. The suggestions are already ticked.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the frames are listed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is suggested.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>picking pairs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>using a doubtful frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The suggestions cannot be read. Align the films anew.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>dropping a pair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not holding a frame out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By shot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Suggested only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The suggestions come when the films are aligned.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the suggestions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>picking a pair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>holding a frame out</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.frames_choice</name>
  <message>
   <source>Shot {number}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nothing picked here yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>covers {colours}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>red</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>dark red</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>orange</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>brown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>skin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>yellow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>olive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>green</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>dark green</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>turquoise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sky blue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>blue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>dark blue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>violet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>magenta</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pink</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.frames_pair</name>
  <message>
   <source>Pair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scan and target of the pair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Figures of the pair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to the frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It fits: use it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use for training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hold out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Do not use it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Do not hold out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{misfit} px</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pair agreement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Masked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{share} of the picture</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.frames_words</name>
  <message>
   <source>Not covered yet: {stretches}, {frames}.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} pairs cover</source>
   <extracomment>for one: {n} pair covers</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Ready: {pairs} {share} of the film's colours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{covers} of {of} frames of {shot}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Covers {shots}, {frames} that no picked pair is like.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} shots</source>
   <extracomment>for one: {n} shot</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>The picked pairs cover the whole film.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next suggestion, {frame}, would cover {shots} and {frames}.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} frames chosen</source>
   <extracomment>for one: {n} frame chosen</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Why it is suggested</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Covers {frames}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picked by you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What it adds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Covers {colour}: {shots}, {frames} that no picked pair is like.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} stretches</source>
   <extracomment>for one: {n} stretch</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>The next suggestion, {frame}, would cover {shots} and {frames} ({colour}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No pair can be made of it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reference does not have this frame.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It stays out of training until you confirm it. Look under the wipe: do both show the same?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flagged in Review.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The result is {error} off here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Why it is held out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stands for {frames}, and is never learnt from.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Covers {colour}: {frames}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held out by you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Never learnt from: the result is measured on it.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>It stands for {n} frames of the film.</source>
   <extracomment>for one: It stands for {n} frame of the film.</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Picked pairs cover it already.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.media</name>
  <message>
   <source>Choose the scan, and a reference that shows the same film in good colour.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check what was read from the two files. Anything marked “guessed” needs your eye once.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.media_area</name>
  <message>
   <source>the live area</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.media_drop</name>
  <message>
   <source>Drop the scan here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A folder of DPX, EXR or TIFF frames, one frame of it, or a video file.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop the reference here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The same film in good colour: a DVD folder, a telecine, a broadcast.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a folder...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a file...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading headers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every frame's header is looked at before the film is taken.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The scan is not where it was</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reference is not where it was</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It was at {place}. Connect the drive, drop it here, or show where it is now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show its folder...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show its file...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is only ever read.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.media_player</name>
  <message>
   <source>Live area as found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replace...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{film}: Replace...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture: {film}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop to look at it; it takes the place of this film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Black bars: only the picture between them is used</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.media_screen</name>
  <message>
   <source>Frame {name} cannot be read</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.media_table</name>
  <message>
   <source>{what} of the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what} of the reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Confirm: {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show all rows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show fewer rows</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.recovery</name>
  <message>
   <source>What is the trouble with this film?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the nearest. It decides which steps follow; you can change it later.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The scan has faded, but another copy still has its colour: a DVD, a telecine, a better print.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You need: the scan, and that copy. It may be small, cropped or subtitled.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colour, without a reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No copy in colour is left. You paint some frames, or take colours from pictures.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You need: the scan, and a source for every colour you choose.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Part of the film survives in a better gauge or generation. Its look is carried to the rest.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A damaged print with an old telecine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The print is eaten or scratched; a soft telecine from before the damage exists.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You need: the print and the telecine. Experimental: new detail is an estimate.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>choosing the recovery</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Steps that follow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You can come back to any step at any time.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.review</name>
  <message>
   <source>Play it, compare it, and flag what is not right. A flagged frame can become a training pair.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run {number} of {all}</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} shots, worst first</source>
   <extracomment>for one: {n} shot, worst first</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>a flag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>adding a flagged frame as a pair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Waveform</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Vectorscope</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>RGB, result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>compared on held-out frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The shots are being measured; play the film meanwhile.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The shots are not measured yet.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.review_table</name>
  <message numerus="yes">
   <source>slight flicker, {n} frames</source>
   <extracomment>for one: slight flicker, {n} frame</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Exact on {exact} of {frames} looked at</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too short to tell</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>steady</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reference has no frame of this shot.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a LUT is as good here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shots, worst first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measured on the held-out frames of the shot.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No frame of the shot is held out: measured on frames that were not trained on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held-out error, ΔE00</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stability</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.review_viewer</name>
  <message>
   <source>Scan and result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How scan and result are compared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Exposure and gamma, for viewing only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add as training pair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Exposure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gamma</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the flag away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reference does not have this frame, so no pair can be made of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Split</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Result only</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{stops} stops</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.train</name>
  <message>
   <source>Run</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} pairs</source>
   <extracomment>for one: {n} pair</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{steps} steps a second, as measured before the start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Step {done} of {total}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held-out frames are used only to check, never to learn</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run {number} is used for Review and Export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the length of the training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>choosing a run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Everything is ready. One button; you can pause, stop or close the window at any time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Learning the colour from {pairs}. Close the window if you like; it carries on and you can come back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Paused. Nothing is lost; it goes on where it stopped.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Learnt from {pairs}. Look at it here, then in Review.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every run is kept. Choose the one that results are made with.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This computer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Train, {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run {number}, ΔE00 {error}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run {number}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run {number}, now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preparing the training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Trying this machine</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.train_before</name>
  <message>
   <source>They tell whether the film will look right where nothing was picked. If a plain LUT does as well on them, you will be told, and can use the LUT.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long it trains</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LUT and reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pairs</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>Learns from {n} pairs</source>
   <extracomment>for one: Learns from {n} pair</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>scan below, target above the line</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>Checked on {n} held-out pairs</source>
   <extracomment>for one: Checked on {n} held-out pair</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>A first look</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quick</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Usual</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Thorough</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{n} steps</source>
   <extracomment>for one: {n} step</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} cores</source>
   <extracomment>for one: {n} core</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>A LUT on the same pairs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Why held-out pairs?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: {steps} steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until it gets no better</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Runs so far</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>colour difference on the held-out pairs, ΔE00. Training should end below it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not tried yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With 20 real steps, so that the time below is an honest one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tried with 20 real steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{steps} steps a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>known after the trial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no pair is held out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Memory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{used} of {all}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.train_now</name>
  <message>
   <source>A LUT is as good here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Error on the picture, lower is better</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ΔE00, log scale, smoothed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held-out frame {frame}, not used in training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{this} of {all}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not measured: no pair is held out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{much} better than a LUT</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Train longer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Train again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous held-out frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next held-out frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held-out frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preparing the pairs</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>colour difference on {n} held-out frames, ΔE00</source>
   <extracomment>for one: colour difference on {n} held-out frame, ΔE00</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>three held-out crops</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>three crops</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scan, balanced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Result, step {step}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.train_pictures</name>
  <message>
   <source>A held-out frame: scan, result, reference</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.steps.train_runs</name>
  <message>
   <source>Runs, compared on the same held-out frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use this run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to the training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Held out, ΔE00</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Device</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remarks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>used for the results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>went on from run {number}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ended early by you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of other pairs or settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run {number}, used now</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.summary</name>
  <message numerus="yes">
   <source>Frames: {n} picked, not trained yet</source>
   <extracomment>for one: Frames: {n} picked, not trained yet</extracomment>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>Last seen as {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{day} {month} {year}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Trained, not exported yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last seen on the drive {drive}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Today {time}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Yesterday</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{day} {month}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{step}: running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Finished and exported</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{step}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>January</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>February</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>March</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>April</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>May</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>June</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>July</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>August</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>September</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>October</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>November</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>December</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colour with a reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colour without a reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Made by a newer Answerprint</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The project file is damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{step}: running, {left}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not there any more</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>wizard.viewer.compare</name>
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
  <name>wizard.viewer.transport</name>
  <message>
   <source>Stop playing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Play</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Space</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next frame</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{what}  ({key})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{index} of {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>in {first}, out {last}</source>
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
   <source>Where is the scan now?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where is the reference now?</source>
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
 </context>
 <context>
  <name>wizard.work</name>
  <message>
   <source>see above</source>
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
