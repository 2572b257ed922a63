<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>wizard.flow</name>
  <message>
   <source>{picked} picked, {held} held out</source>
   <translation>{picked} elegidos, {held} reservados</translation>
  </message>
  <message>
   <source>not allowed by terms</source>
   <translation>no permitido</translation>
  </message>
  <message>
   <source>The terms of the scan do not allow training; see Elements and rights in Media</source>
   <translation>Las condiciones del escaneo no permiten entrenar; vea Elementos y derechos en Material</translation>
  </message>
  <message>
   <source>The terms of the reference do not allow training; see Elements and rights in Media</source>
   <translation>Las condiciones de la referencia no permiten entrenar; vea Elementos y derechos en Material</translation>
  </message>
  <message>
   <source>Pick at least one frame to go on</source>
   <translation>Elija al menos un fotograma para seguir</translation>
  </message>
  <message>
   <source>Paint or import one frame to go on</source>
   <translation>Pinte o importe un fotograma para seguir</translation>
  </message>
  <message numerus="yes">
   <source>{n} colours lack a source</source>
   <extracomment>for one: {n} colour lacks a source</extracomment>
   <translation>
    <numerusform>{n} color sin fuente</numerusform>
    <numerusform>{n} colores sin fuente</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} used colours have no source yet</source>
   <extracomment>for one: A used colour has no source yet</extracomment>
   <translation>
    <numerusform>Un color usado aún no tiene fuente</numerusform>
    <numerusform>{n} colores usados aún no tienen fuente</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} keyframes</source>
   <extracomment>for one: {n} keyframe</extracomment>
   <translation>
    <numerusform>{n} fotograma clave</numerusform>
    <numerusform>{n} fotogramas clave</numerusform>
   </translation>
  </message>
  <message>
   <source>no keyframe yet</source>
   <translation>aún ninguno</translation>
  </message>
  <message numerus="yes">
   <source>{n} frames flagged</source>
   <extracomment>for one: {n} frame flagged</extracomment>
   <translation>
    <numerusform>{n} fotograma marcado</numerusform>
    <numerusform>{n} fotogramas marcados</numerusform>
   </translation>
  </message>
  <message>
   <source>Recovery</source>
   <translation>Recuperación</translation>
  </message>
  <message>
   <source>Media</source>
   <translation>Material</translation>
  </message>
  <message>
   <source>Align</source>
   <translation>Alinear</translation>
  </message>
  <message>
   <source>Frames</source>
   <translation>Fotogramas</translation>
  </message>
  <message>
   <source>Balance</source>
   <translation>Equilibrio</translation>
  </message>
  <message>
   <source>Keyframes</source>
   <translation>Fotogramas clave</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>Entrenar</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Revisar</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportar</translation>
  </message>
  <message>
   <source>opens after Balance</source>
   <translation>se abre tras Equilibrio</translation>
  </message>
  <message>
   <source>You can look while it works</source>
   <translation>Se puede mirar mientras trabaja</translation>
  </message>
  <message>
   <source>stopped: {why}</source>
   <translation>parado: {why}</translation>
  </message>
  <message>
   <source>Solve this to go on</source>
   <translation>Resuelva esto para seguir</translation>
  </message>
  <message>
   <source>made before a change</source>
   <translation>anterior a un cambio</translation>
  </message>
  <message>
   <source>Choose what is nearest to go on</source>
   <translation>Elija lo más parecido para seguir</translation>
  </message>
  <message>
   <source>media is missing</source>
   <translation>falta el material</translation>
  </message>
  <message>
   <source>Show where the media is to go on</source>
   <translation>Indique dónde está el material para seguir</translation>
  </message>
  <message>
   <source>reading</source>
   <translation>leyendo</translation>
  </message>
  <message>
   <source>Reading the files</source>
   <translation>Leyendo los archivos</translation>
  </message>
  <message>
   <source>no scan yet</source>
   <translation>aún sin escaneo</translation>
  </message>
  <message>
   <source>Choose the scan to go on</source>
   <translation>Elija el escaneo para seguir</translation>
  </message>
  <message>
   <source>no reference yet</source>
   <translation>aún sin referencia</translation>
  </message>
  <message>
   <source>Choose the reference to go on</source>
   <translation>Elija la referencia para seguir</translation>
  </message>
  <message numerus="yes">
   <source>{n} guessed values</source>
   <extracomment>for one: {n} guessed value</extracomment>
   <translation>
    <numerusform>{n} valor supuesto</numerusform>
    <numerusform>{n} valores supuestos</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Confirm the {n} guessed values to go on</source>
   <extracomment>for one: Confirm the guessed value to go on</extracomment>
   <translation>
    <numerusform>Confirme el valor supuesto para seguir</numerusform>
    <numerusform>Confirme los {n} valores supuestos para seguir</numerusform>
   </translation>
  </message>
  <message>
   <source>use is not allowed</source>
   <translation>uso no permitido</translation>
  </message>
  <message>
   <source>stopped by you</source>
   <translation>parado por usted</translation>
  </message>
  <message>
   <source>not started</source>
   <translation>sin empezar</translation>
  </message>
  <message>
   <source>Align the films to go on</source>
   <translation>Alinee las películas para seguir</translation>
  </message>
  <message numerus="yes">
   <source>{n} doubtful frames</source>
   <extracomment>for one: {n} doubtful frame</extracomment>
   <translation>
    <numerusform>{n} fotograma dudoso</numerusform>
    <numerusform>{n} fotogramas dudosos</numerusform>
   </translation>
  </message>
  <message>
   <source>not measured</source>
   <translation>sin medir</translation>
  </message>
  <message>
   <source>Measure the fade to go on</source>
   <translation>Mida el desvaído para seguir</translation>
  </message>
  <message>
   <source>from similar pictures</source>
   <translation>de imágenes</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>en pausa</translation>
  </message>
  <message>
   <source>Train to go on</source>
   <translation>Entrene para seguir</translation>
  </message>
  <message>
   <source>opens after Train</source>
   <translation>se abre tras Entrenar</translation>
  </message>
  <message>
   <source>opens after Media</source>
   <translation>se abre tras Material</translation>
  </message>
  <message>
   <source>opens after Align</source>
   <translation>se abre tras Alinear</translation>
  </message>
  <message>
   <source>at work</source>
   <translation>trabajando</translation>
  </message>
  <message>
   <source>Frames opens when the films are aligned</source>
   <translation>Fotogramas se abre cuando las películas están alineadas</translation>
  </message>
  <message>
   <source>Go on with the training to open Review</source>
   <translation>Siga con el entrenamiento para abrir Revisar</translation>
  </message>
  <message>
   <source>opens after Frames</source>
   <translation>se abre tras Fotogramas</translation>
  </message>
  <message>
   <source>opens after Keyframes</source>
   <translation>se abre tras Fotogramas clave</translation>
  </message>
  <message>
   <source>Keyframes opens when the fade is measured</source>
   <translation>Fotogramas clave se abre cuando el desvaído está medido</translation>
  </message>
  <message>
   <source>Review opens after the training</source>
   <translation>Revisar se abre después del entrenamiento</translation>
  </message>
 </context>
 <context>
  <name>wizard.frame</name>
  <message>
   <source>Next: {step}</source>
   <translation>Siguiente: {step}</translation>
  </message>
  <message>
   <source>Back: {step}</source>
   <translation>Atrás: {step}</translation>
  </message>
  <message>
   <source>Something</source>
   <translation>Algo</translation>
  </message>
  <message>
   <source>Beginning</source>
   <translation>Empezando</translation>
  </message>
 </context>
 <context>
  <name>wizard.graphs.cell_look</name>
  <message>
   <source>suggested</source>
   <translation>sugerido</translation>
  </message>
  <message>
   <source>picked</source>
   <translation>elegido</translation>
  </message>
  <message>
   <source>held out</source>
   <translation>reservado</translation>
  </message>
  <message>
   <source>doubtful</source>
   <translation>dudoso</translation>
  </message>
 </context>
 <context>
  <name>wizard.graphs.coverage</name>
  <message>
   <source>What the picked pairs cover</source>
   <translation>Qué cubren los pares elegidos</translation>
  </message>
  <message>
   <source>covered</source>
   <translation>cubierto</translation>
  </message>
  <message>
   <source>nothing like it picked</source>
   <translation>nada parecido elegido</translation>
  </message>
  <message numerus="yes">
   <source>{n} frames picked</source>
   <extracomment>for one: {n} frame picked</extracomment>
   <translation>
    <numerusform>{n} fotograma elegido</numerusform>
    <numerusform>{n} fotogramas elegidos</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} held out</source>
   <extracomment>for one: {n} held out</extracomment>
   <translation>
    <numerusform>{n} reservado</numerusform>
    <numerusform>{n} reservados</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} frames that nothing picked is like</source>
   <extracomment>for one: {n} frame that nothing picked is like</extracomment>
   <translation>
    <numerusform>{n} fotograma sin nada parecido elegido</numerusform>
    <numerusform>{n} fotogramas sin nada parecido elegido</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>wizard.graphs.curve</name>
  <message>
   <source>Error on the picture</source>
   <translation>Error en la imagen</translation>
  </message>
  <message>
   <source>The curve starts with the first steps.</source>
   <translation>La curva empieza con los primeros pasos.</translation>
  </message>
  <message>
   <source>Untouched</source>
   <translation>Sin tocar</translation>
  </message>
  <message>
   <source>Held out</source>
   <translation>Reservados</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Entrenamiento</translation>
  </message>
  <message>
   <source>LUT</source>
   <translation>LUT</translation>
  </message>
 </context>
 <context>
  <name>wizard.graphs.filmstrip</name>
  <message>
   <source>Frames of the film</source>
   <translation>Fotogramas de la película</translation>
  </message>
  <message>
   <source>Frame {frame}, {state}</source>
   <translation>Fotograma {frame}, {state}</translation>
  </message>
  <message>
   <source>not picked</source>
   <translation>sin elegir</translation>
  </message>
 </context>
 <context>
  <name>wizard.graphs.sheet</name>
  <message>
   <source>Contact sheet</source>
   <translation>Hoja de contactos</translation>
  </message>
  <message numerus="yes">
   <source>{n} crops at steps {steps}</source>
   <extracomment>for one: {n} crop at steps {steps}</extracomment>
   <translation>
    <numerusform>{n} recorte en los pasos {steps}</numerusform>
    <numerusform>{n} recortes en los pasos {steps}</numerusform>
   </translation>
  </message>
  <message>
   <source>Scan</source>
   <translation>Escaneo</translation>
  </message>
  <message>
   <source>Target</source>
   <translation>Objetivo</translation>
  </message>
  <message>
   <source>Step {step}</source>
   <translation>Paso {step}</translation>
  </message>
 </context>
 <context>
  <name>wizard.graphs.spectrum</name>
  <message>
   <source>coarse</source>
   <translation>grueso</translation>
  </message>
  <message>
   <source>middle</source>
   <translation>medio</translation>
  </message>
  <message>
   <source>fine</source>
   <translation>fino</translation>
  </message>
  <message>
   <source>finest</source>
   <translation>muy fino</translation>
  </message>
  <message>
   <source>Spectrum</source>
   <translation>Espectro</translation>
  </message>
  <message>
   <source>detail</source>
   <translation>detalle</translation>
  </message>
 </context>
 <context>
  <name>wizard.graphs.timemap</name>
  <message numerus="yes">
   <source>{n} frames not in the reference</source>
   <extracomment>for one: {n} frame not in the reference</extracomment>
   <translation>
    <numerusform>{n} fotograma que no está en la referencia</numerusform>
    <numerusform>{n} fotogramas que no están en la referencia</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} frames lost at a splice in the scan</source>
   <extracomment>for one: {n} frame lost at a splice in the scan</extracomment>
   <translation>
    <numerusform>{n} fotograma perdido en un empalme del escaneo</numerusform>
    <numerusform>{n} fotogramas perdidos en un empalme del escaneo</numerusform>
   </translation>
  </message>
  <message>
   <source>doubtful above {pixels} px</source>
   <translation>dudoso por encima de {pixels} px</translation>
  </message>
  <message>
   <source>Not matched yet</source>
   <translation>Aún sin emparejar</translation>
  </message>
  <message>
   <source>Time map</source>
   <translation>Mapa de tiempo</translation>
  </message>
  <message>
   <source>Frame {frame}</source>
   <translation>Fotograma {frame}</translation>
  </message>
  <message>
   <source>Reference</source>
   <translation>Referencia</translation>
  </message>
  <message>
   <source>Misfit</source>
   <translation>Desajuste</translation>
  </message>
  <message>
   <source>{pixels} px</source>
   <translation>{pixels} px</translation>
  </message>
  <message>
   <source>not in the reference</source>
   <translation>no está en la referencia</translation>
  </message>
  <message>
   <source>{pixels} px misfit</source>
   <translation>desajuste de {pixels} px</translation>
  </message>
 </context>
 <context>
  <name>wizard.kit.banner</name>
  <message>
   <source>Copy report</source>
   <translation>Copiar informe</translation>
  </message>
  <message>
   <source>What this means, in the manual</source>
   <translation>Qué significa, en el manual</translation>
  </message>
 </context>
 <context>
  <name>wizard.kit.card</name>
  <message>
   <source>Before</source>
   <translation>Antes</translation>
  </message>
  <message>
   <source>After</source>
   <translation>Después</translation>
  </message>
 </context>
 <context>
  <name>wizard.kit.fields</name>
  <message>
   <source>guessed</source>
   <translation>supuesto</translation>
  </message>
 </context>
 <context>
  <name>wizard.kit.progress</name>
  <message>
   <source>Stop</source>
   <translation>Parar</translation>
  </message>
 </context>
 <context>
  <name>wizard.kit.rail</name>
  <message>
   <source>open</source>
   <translation>abierto</translation>
  </message>
  <message>
   <source>done</source>
   <translation>hecho</translation>
  </message>
  <message>
   <source>running, {share}</source>
   <translation>en marcha, {share}</translation>
  </message>
  <message>
   <source>needs attention</source>
   <translation>pide atención</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>parado</translation>
  </message>
  <message>
   <source>out of date</source>
   <translation>desactualizado</translation>
  </message>
  <message>
   <source>later</source>
   <translation>más tarde</translation>
  </message>
  <message>
   <source>step {number}</source>
   <translation>paso {number}</translation>
  </message>
  <message>
   <source>you are here</source>
   <translation>está aquí</translation>
  </message>
  <message>
   <source>Answerprint, to the start screen</source>
   <translation>Answerprint, a la pantalla de inicio</translation>
  </message>
  <message>
   <source>To the start screen</source>
   <translation>A la pantalla de inicio</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Pasos</translation>
  </message>
  <message>
   <source>Manual</source>
   <translation>Manual</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Ajustes</translation>
  </message>
 </context>
 <context>
  <name>wizard.measure</name>
  <message>
   <source>{value} dB</source>
   <translation>{value} dB</translation>
  </message>
  <message>
   <source>ΔE00 {error}</source>
   <translation>ΔE00 {error}</translation>
  </message>
  <message>
   <source>{first} against {second} dB</source>
   <translation>{first} frente a {second} dB</translation>
  </message>
  <message>
   <source>ΔE00 {first} against {second}</source>
   <translation>ΔE00 {first} frente a {second}</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>Filtro</translation>
  </message>
  <message>
   <source>Held out, dB</source>
   <translation>Reservados, dB</translation>
  </message>
  <message>
   <source>Held out, ΔE00</source>
   <translation>Reservados, ΔE00</translation>
  </message>
  <message numerus="yes">
   <source>ΔE00 on {n} held-out frames</source>
   <extracomment>for one: ΔE00 on {n} held-out frame</extracomment>
   <translation>
    <numerusform>ΔE00 en {n} fotograma reservado</numerusform>
    <numerusform>ΔE00 en {n} fotogramas reservados</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>colour difference on {n} held-out frames, ΔE00</source>
   <extracomment>for one: colour difference on {n} held-out frame, ΔE00</extracomment>
   <translation>
    <numerusform>diferencia de color en {n} fotograma reservado, ΔE00</numerusform>
    <numerusform>diferencia de color en {n} fotogramas reservados, ΔE00</numerusform>
   </translation>
  </message>
  <message>
   <source>Error on the picture, lower is better</source>
   <translation>Error en la imagen, menos es mejor</translation>
  </message>
  <message>
   <source>ΔE00, log scale, smoothed</source>
   <translation>ΔE00, escala logarítmica, suavizado</translation>
  </message>
  <message>
   <source>A linear filter is as good here</source>
   <translation>Aquí un filtro lineal es igual de bueno</translation>
  </message>
  <message numerus="yes">
   <source>PSNR on {n} held-out frames</source>
   <extracomment>for one: PSNR on {n} held-out frame</extracomment>
   <translation>
    <numerusform>PSNR en {n} fotograma reservado</numerusform>
    <numerusform>PSNR en {n} fotogramas reservados</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>PSNR of luma on {n} held-out frames, dB</source>
   <extracomment>for one: PSNR of luma on {n} held-out frame, dB</extracomment>
   <translation>
    <numerusform>PSNR de la luma en {n} fotograma reservado, dB</numerusform>
    <numerusform>PSNR de la luma en {n} fotogramas reservados, dB</numerusform>
   </translation>
  </message>
  <message>
   <source>Nearness of luma, higher is better</source>
   <translation>Cercanía de la luma, más es mejor</translation>
  </message>
  <message>
   <source>PSNR in dB, smoothed</source>
   <translation>PSNR en dB, suavizada</translation>
  </message>
  <message>
   <source>A LUT is as good here</source>
   <translation>Aquí una LUT es igual de buena</translation>
  </message>
  <message>
   <source>A linear filter is {much} dB better here</source>
   <translation>Aquí un filtro lineal es {much} dB mejor</translation>
  </message>
  <message>
   <source>{much} dB better than the best linear filter</source>
   <translation>{much} dB mejor que el mejor filtro lineal</translation>
  </message>
  <message>
   <source>{much} better than a LUT</source>
   <translation>{much} mejor que una LUT</translation>
  </message>
  <message>
   <source>Not better than a linear filter yet</source>
   <translation>Aún no mejor que un filtro lineal</translation>
  </message>
  <message>
   <source>Not better than a LUT yet</source>
   <translation>Aún no mejor que una LUT</translation>
  </message>
 </context>
 <context>
  <name>wizard.messages</name>
  <message>
   <source>The work</source>
   <translation>El trabajo</translation>
  </message>
  <message>
   <source>{what} stopped: something that the program does not know</source>
   <translation>{what} se detuvo: algo que el programa no conoce</translation>
  </message>
  <message>
   <source>Your work is safe. What was made before is kept, and the scan was not touched.</source>
   <translation>El trabajo está a salvo. Lo hecho antes se conserva y el escaneo no se ha tocado.</translation>
  </message>
  <message>
   <source>Try again. If it comes back, copy the report and send it to someone who can help; it holds no pictures.</source>
   <translation>Inténtelo de nuevo. Si vuelve a ocurrir, copie el informe y envíelo a quien pueda ayudar; no contiene imágenes.</translation>
  </message>
  <message>
   <source>This cannot be taken as the scan</source>
   <translation>Esto no puede usarse como escaneo</translation>
  </message>
  <message>
   <source>This cannot be taken as the reference</source>
   <translation>Esto no puede usarse como referencia</translation>
  </message>
  <message>
   <source>Your work is safe. Nothing was changed.</source>
   <translation>El trabajo está a salvo. No se cambió nada.</translation>
  </message>
  <message>
   <source>The last change could not be saved</source>
   <translation>No se pudo guardar el último cambio</translation>
  </message>
  <message>
   <source>It is kept as long as the window is open, and saved with the next one. What was written before is whole.</source>
   <translation>Se conserva mientras la ventana esté abierta y se guarda con el siguiente. Lo que se escribió antes está completo.</translation>
  </message>
  <message>
   <source>{what} changed after {steps}</source>
   <translation>{what} cambió después de {steps}</translation>
  </message>
  <message>
   <source>{steps} is out of date. Nothing was deleted.</source>
   <translation>{steps} está desactualizado. No se ha borrado nada.</translation>
  </message>
  <message>
   <source>Make it anew when you are ready.</source>
   <translation>Vuelva a hacerlo cuando quiera.</translation>
  </message>
  <message>
   <source>Make anew</source>
   <translation>Volver a hacer</translation>
  </message>
  <message>
   <source>No step of the training for {time}</source>
   <translation>Ningún paso del entrenamiento desde hace {time}</translation>
  </message>
  <message>
   <source>Your work is safe up to the last checkpoint. It goes on by itself as soon as it can.</source>
   <translation>Su trabajo está a salvo hasta el último punto de control. Sigue solo en cuanto puede.</translation>
  </message>
  <message>
   <source>Other programs may take the machine, it may have been asleep, or the driver of the graphics card hangs. Close other programs and wait a little; if it stays so, press Pause, then Go on, or start the computer again.</source>
   <translation>Quizá otros programas ocupan la máquina, estuvo en reposo o el controlador de la tarjeta gráfica se ha colgado. Cierre otros programas y espere un poco; si sigue así, pulse Pausa y después Seguir, o reinicie el ordenador.</translation>
  </message>
  <message>
   <source>Run {newest} is worse than run {better}, so run {better} stays in use</source>
   <translation>La pasada {newest} es peor que la {better}, así que se sigue usando la {better}</translation>
  </message>
  <message numerus="yes">
   <source>On the same {n} held-out frames: {figures}. Every run is kept.</source>
   <extracomment>for one: On the same held-out frame: {figures}. Every run is kept.</extracomment>
   <translation>
    <numerusform>En el mismo fotograma reservado: {figures}. Se conservan todas las pasadas.</numerusform>
    <numerusform>En los mismos {n} fotogramas reservados: {figures}. Se conservan todas las pasadas.</numerusform>
   </translation>
  </message>
  <message>
   <source>Compare them, and use the newer one if it looks better to you.</source>
   <translation>Compárelas y use la más nueva si le parece mejor.</translation>
  </message>
  <message>
   <source>Use run {newest} anyway</source>
   <translation>Usar la pasada {newest} de todos modos</translation>
  </message>
  <message>
   <source>Look at this telecine before you go on</source>
   <translation>Mire este telecine antes de seguir</translation>
  </message>
  <message>
   <source>Little detail may be learnt from this reference</source>
   <translation>De esta referencia quizá se aprenda poco detalle</translation>
  </message>
  <message>
   <source>Replace the reference...</source>
   <translation>Cambiar la referencia...</translation>
  </message>
  <message>
   <source>This print is in colour, and only its luma is repaired</source>
   <translation>Esta copia es en color y solo se repara su luma</translation>
  </message>
  <message>
   <source>The colour of mould and scratches stays on what is repaired.</source>
   <translation>El color del moho y de las rayas permanece en lo reparado.</translation>
  </message>
  <message>
   <source>Its colour can be restored afterwards, in a project of its own with the result as its scan.</source>
   <translation>Su color puede restaurarse después, en un proyecto propio con el resultado como escaneo.</translation>
  </message>
  <message numerus="yes">
   <source>{n} shots of this film kept their colour</source>
   <extracomment>for one: {n} shot of this film kept its colour</extracomment>
   <translation>
    <numerusform>{n} plano de esta película conserva su color</numerusform>
    <numerusform>{n} planos de esta película conservan su color</numerusform>
   </translation>
  </message>
  <message>
   <source>The other shots can learn from it, without painting.</source>
   <translation>Los demás planos pueden aprender de ello, sin pintar.</translation>
  </message>
  <message>
   <source>You can paint as well: keyframes then tell how good that is.</source>
   <translation>También puede pintar: los fotogramas clave dirán cómo de bueno es.</translation>
  </message>
  <message>
   <source>Learn from what kept its colour</source>
   <translation>Aprender de lo conservado</translation>
  </message>
  <message numerus="yes">
   <source>{n} frames are missing in the numbering</source>
   <extracomment>for one: {n} frame is missing in the numbering</extracomment>
   <translation>
    <numerusform>Falta {n} fotograma en la numeración</numerusform>
    <numerusform>Faltan {n} fotogramas en la numeración</numerusform>
   </translation>
  </message>
  <message>
   <source> at frame {frame}</source>
   <translation> en el fotograma {frame}</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Intentar de nuevo</translation>
  </message>
  <message>
   <source>Missing: {frames}. Add them to the folder, or go on without them.</source>
   <translation>Faltan: {frames}. Añádalos a la carpeta o siga sin ellos.</translation>
  </message>
  <message>
   <source>Go on without them</source>
   <translation>Seguir sin ellos</translation>
  </message>
  <message>
   <source>Choose another...</source>
   <translation>Elegir otro...</translation>
  </message>
  <message>
   <source>Save again</source>
   <translation>Guardar otra vez</translation>
  </message>
  <message>
   <source>Hashing the files</source>
   <translation>Calculando las sumas de los archivos</translation>
  </message>
  <message>
   <source>Aligning</source>
   <translation>La alineación</translation>
  </message>
  <message>
   <source>Measuring the fade</source>
   <translation>La medición del desvaído</translation>
  </message>
  <message>
   <source>Finding the shots</source>
   <translation>La búsqueda de planos</translation>
  </message>
  <message>
   <source>Balancing</source>
   <translation>El equilibrio</translation>
  </message>
  <message>
   <source>Matching the tone</source>
   <translation>Igualando el tono</translation>
  </message>
  <message>
   <source>Finding the damage</source>
   <translation>Buscando los daños</translation>
  </message>
  <message>
   <source>Choosing frames</source>
   <translation>La elección de fotogramas</translation>
  </message>
  <message>
   <source>Proposing colour</source>
   <translation>La propuesta de color</translation>
  </message>
  <message>
   <source>Making pairs</source>
   <translation>La preparación de los pares</translation>
  </message>
  <message>
   <source>The trial on this machine</source>
   <translation>La prueba en este equipo</translation>
  </message>
  <message>
   <source>Measuring the shots</source>
   <translation>La medición de los planos</translation>
  </message>
  <message>
   <source>{what} stopped{at}: the disk is full</source>
   <translation>{what} se detuvo{at}: el disco está lleno</translation>
  </message>
  <message>
   <source>Your work is safe. What was written before is whole and checked; the scan was not touched.</source>
   <translation>El trabajo está a salvo. Lo escrito antes está completo y comprobado; el escaneo no se ha tocado.</translation>
  </message>
  <message>
   <source>Make room on the disk, or choose another folder for the results, then resume.</source>
   <translation>Libere espacio en el disco o elija otra carpeta para los resultados y reanude.</translation>
  </message>
  <message>
   <source>{what} cannot write there</source>
   <translation>{what} no puede escribir ahí</translation>
  </message>
  <message>
   <source>Your work is safe. Nothing was written and the scan was not touched.</source>
   <translation>El trabajo está a salvo. No se escribió nada y el escaneo no se ha tocado.</translation>
  </message>
  <message>
   <source>The media is not where it was</source>
   <translation>El material no está donde estaba</translation>
  </message>
  <message>
   <source>Your work is safe. Nothing in the project depends on the place of the files.</source>
   <translation>El trabajo está a salvo. Nada en el proyecto depende del lugar de los archivos.</translation>
  </message>
  <message>
   <source>Connect the drive, or show where the files are now.</source>
   <translation>Conecte la unidad o indique dónde están ahora los archivos.</translation>
  </message>
  <message>
   <source>The reference shows nothing of the scan</source>
   <translation>La referencia no muestra nada del escaneo</translation>
  </message>
  <message>
   <source>Your work is safe. Nothing was trained.</source>
   <translation>El trabajo está a salvo. No se entrenó nada.</translation>
  </message>
  <message>
   <source>Choose a reference of the same film, or another range of it.</source>
   <translation>Elija una referencia de la misma película u otro tramo de ella.</translation>
  </message>
  <message>
   <source>{what} stopped: a frame cannot be read</source>
   <translation>{what} se detuvo: un fotograma no se puede leer</translation>
  </message>
  <message>
   <source>Your work is safe. What was made before it is kept.</source>
   <translation>El trabajo está a salvo. Lo hecho antes se conserva.</translation>
  </message>
  <message>
   <source>There is too little film to learn from</source>
   <translation>Hay muy poca película de la que aprender</translation>
  </message>
  <message>
   <source>Your work is safe.</source>
   <translation>El trabajo está a salvo.</translation>
  </message>
  <message>
   <source>A file that went in is not what it was</source>
   <translation>Un archivo de entrada ya no es el que era</translation>
  </message>
  <message>
   <source>Your work is safe. Nothing was made of the changed file.</source>
   <translation>Su trabajo está a salvo. No se hizo nada con el archivo cambiado.</translation>
  </message>
  <message>
   <source>{what} stopped: the memory is full</source>
   <translation>{what} se detuvo: la memoria está llena</translation>
  </message>
  <message>
   <source>Your work is safe. Nothing was passed through untreated.</source>
   <translation>El trabajo está a salvo. Nada pasó sin tratar.</translation>
  </message>
  <message>
   <source>Close other programs, then resume.</source>
   <translation>Cierre otros programas y reanude.</translation>
  </message>
  <message>
   <source>The device for training is not there any more</source>
   <translation>El dispositivo de entrenamiento ya no está</translation>
  </message>
  <message>
   <source>This project was made by a newer Answerprint</source>
   <translation>Este proyecto es de un Answerprint más nuevo</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>No se cambió nada.</translation>
  </message>
  <message>
   <source>Update the program to open it.</source>
   <translation>Actualice el programa para abrirlo.</translation>
  </message>
  <message>
   <source>Export stopped{at}: the luma of the result was not that of the scan</source>
   <translation>La exportación se detuvo{at}: la luma del resultado no era la del escaneo</translation>
  </message>
  <message>
   <source>Your work is safe. The frame was not written.</source>
   <translation>El trabajo está a salvo. El fotograma no se escribió.</translation>
  </message>
  <message>
   <source>Copy the report and send it to the makers of the program.</source>
   <translation>Copie el informe y envíelo a los autores del programa.</translation>
  </message>
  <message>
   <source>Export stopped{at}: the chroma of the result was not that of the scan</source>
   <translation>La exportación se detuvo{at}: la croma del resultado no era la del escaneo</translation>
  </message>
  <message>
   <source>Export stopped{at}: a sound part of the print was changed</source>
   <translation>La exportación se detuvo{at}: se cambió una parte sana de la copia</translation>
  </message>
  <message>
   <source>{what} ended without a word</source>
   <translation>{what} terminó sin aviso</translation>
  </message>
  <message>
   <source>Your work is safe up to the last checkpoint, a few seconds before.</source>
   <translation>El trabajo está a salvo hasta el último punto de control, unos segundos antes.</translation>
  </message>
  <message>
   <source>The system may have ended it for want of memory. Go on from there.</source>
   <translation>Quizá el sistema lo cerró por falta de memoria. Siga desde ahí.</translation>
  </message>
  <message>
   <source>A file cannot be read</source>
   <translation>Un archivo no se puede leer</translation>
  </message>
  <message>
   <source>Missing now: {frames}. Bring them back.</source>
   <translation>Faltan ahora: {frames}. Devuélvalos a su sitio.</translation>
  </message>
  <message>
   <source>{what} cannot begin like this</source>
   <translation>{what} no puede empezar así</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Reanudar</translation>
  </message>
  <message>
   <source>Choose another folder...</source>
   <translation>Elegir otra carpeta...</translation>
  </message>
  <message>
   <source>Locate media...</source>
   <translation>Localizar el material...</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Seguir</translation>
  </message>
 </context>
 <context>
  <name>wizard.palette_words</name>
  <message>
   <source>{share} of the picture has colour</source>
   <translation>{share} con color</translation>
  </message>
  <message>
   <source>Covers {covers}.</source>
   <translation>Cubre {covers}.</translation>
  </message>
  <message>
   <source>Frames {first} and {second} paint the same thing differently.</source>
   <translation>Los fotogramas {first} y {second} pintan lo mismo de forma distinta.</translation>
  </message>
  <message>
   <source>One used colour has no source yet</source>
   <translation>Un color usado aún no tiene fuente</translation>
  </message>
  <message>
   <source>{count} used colours have no source yet</source>
   <translation>{count} colores usados aún no tienen fuente</translation>
  </message>
  <message>
   <source>Two</source>
   <translation>Dos</translation>
  </message>
  <message>
   <source>Three</source>
   <translation>Tres</translation>
  </message>
  <message>
   <source>Four</source>
   <translation>Cuatro</translation>
  </message>
  <message>
   <source>Five</source>
   <translation>Cinco</translation>
  </message>
  <message>
   <source>Six</source>
   <translation>Seis</translation>
  </message>
  <message>
   <source>No source yet</source>
   <translation>Aún sin fuente</translation>
  </message>
  <message>
   <source>Under 1 % of the picture has colour</source>
   <translation>Menos del 1 % con color</translation>
  </message>
  <message>
   <source>Photograph or lobby card</source>
   <translation>Foto o fotocromo</translation>
  </message>
  <message>
   <source>Film, this one or another</source>
   <translation>Esta película u otra</translation>
  </message>
  <message>
   <source>Painting or drawing</source>
   <translation>Pintura o dibujo</translation>
  </message>
  <message>
   <source>Book or paper</source>
   <translation>Libro o artículo</translation>
  </message>
  <message>
   <source>Address on the net</source>
   <translation>Dirección web</translation>
  </message>
  <message>
   <source>What a person says</source>
   <translation>Testimonio oral</translation>
  </message>
  <message>
   <source>Something else</source>
   <translation>Otra cosa</translation>
  </message>
  <message>
   <source>Title, collection, date or address</source>
   <translation>Título, colección, fecha, web</translation>
  </message>
  <message>
   <source>Title and frame</source>
   <translation>Título y fotograma</translation>
  </message>
  <message>
   <source>Artist, title, collection</source>
   <translation>Artista, título, colección</translation>
  </message>
  <message>
   <source>Author, title, page</source>
   <translation>Autor, título, página</translation>
  </message>
  <message>
   <source>Address, and when you saw it</source>
   <translation>Dirección y cuándo la vio</translation>
  </message>
  <message>
   <source>Name, and when it was said</source>
   <translation>Nombre y cuándo lo dijo</translation>
  </message>
  <message>
   <source>Where it comes from</source>
   <translation>De dónde viene</translation>
  </message>
  <message>
   <source>Assumption: {what}</source>
   <translation>Suposición: {what}</translation>
  </message>
  <message>
   <source>Assumption</source>
   <translation>Suposición</translation>
  </message>
  <message>
   <source>not used in this keyframe</source>
   <translation>no se usa en este fotograma clave</translation>
  </message>
  <message numerus="yes">
   <source>{n} shots</source>
   <extracomment>for one: {n} shot</extracomment>
   <translation>
    <numerusform>{n} plano</numerusform>
    <numerusform>{n} planos</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} frames</source>
   <extracomment>for one: {n} frame</extracomment>
   <translation>
    <numerusform>{n} fotograma</numerusform>
    <numerusform>{n} fotogramas</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} more are like that.</source>
   <extracomment>for one: {n} more is like that.</extracomment>
   <translation>
    <numerusform>Hay {n} más así.</numerusform>
    <numerusform>Hay {n} más así.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>wizard.probe</name>
  <message>
   <source>{rate} fps</source>
   <translation>{rate} fps</translation>
  </message>
  <message>
   <source>{codec} in {container}</source>
   <translation>{codec} en {container}</translation>
  </message>
  <message>
   <source>{depth} bit</source>
   <translation>{depth} bits</translation>
  </message>
  <message>
   <source>{rate} (film sped up for PAL)</source>
   <translation>{rate} (película acelerada para PAL)</translation>
  </message>
  <message>
   <source>{encoding}, full range</source>
   <translation>{encoding}, rango completo</translation>
  </message>
  <message>
   <source>{encoding}, limited range</source>
   <translation>{encoding}, rango limitado</translation>
  </message>
  <message>
   <source>2:3 pulldown removed: these are film frames</source>
   <translation>Pulldown 2:3 eliminado: son fotogramas de cine</translation>
  </message>
  <message>
   <source>Fields paired again: these are film frames</source>
   <translation>Campos emparejados de nuevo: son fotogramas de cine</translation>
  </message>
  <message>
   <source>Interlaced video: deinterlaced</source>
   <translation>Vídeo entrelazado: desentrelazado</translation>
  </message>
  <message>
   <source>{count} of {whole}</source>
   <translation>{count} de {whole}</translation>
  </message>
  <message>
   <source>{count}, numbered {first} – {last}</source>
   <translation>{count}, numerados {first} – {last}</translation>
  </message>
  <message>
   <source>{count}, running {time}</source>
   <translation>{count}, duración {time}</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation>{minutes} min {seconds} s</translation>
  </message>
  <message>
   <source>{width} × {height}</source>
   <translation>{width} × {height}</translation>
  </message>
  <message>
   <source>{size}, pixels {across}:{down}</source>
   <translation>{size}, píxeles {across}:{down}</translation>
  </message>
  <message>
   <source>{depth} bit, floating point</source>
   <translation>{depth} bits, coma flotante</translation>
  </message>
  <message>
   <source>{depth}, black and white</source>
   <translation>{depth}, blanco y negro</translation>
  </message>
  <message>
   <source>None; can be added at export</source>
   <translation>Ninguno; se puede añadir al exportar</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Ninguno</translation>
  </message>
  <message>
   <source>Rate</source>
   <translation>Velocidad</translation>
  </message>
  <message>
   <source>Encoding</source>
   <translation>Codificación</translation>
  </message>
  <message>
   <source>Field order</source>
   <translation>Orden de campos</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Formato</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Tamaño</translation>
  </message>
  <message>
   <source>Bit depth</source>
   <translation>Profundidad</translation>
  </message>
  <message>
   <source>Timecode</source>
   <translation>Código de tiempo</translation>
  </message>
  <message>
   <source>Keycode</source>
   <translation>Código de borde</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Sonido</translation>
  </message>
  <message>
   <source>Top field first</source>
   <translation>Campo superior primero</translation>
  </message>
  <message>
   <source>Bottom field first</source>
   <translation>Campo inferior primero</translation>
  </message>
  <message>
   <source>Progressive, frames as they are</source>
   <translation>Progresivo, fotogramas tal cual</translation>
  </message>
  <message>
   <source>{format} sequence</source>
   <translation>Secuencia {format}</translation>
  </message>
  <message>
   <source>{format} stills</source>
   <translation>Imágenes {format}</translation>
  </message>
  <message>
   <source>Progressive</source>
   <translation>Progresivo</translation>
  </message>
  <message>
   <source>In the file, goes along into movies</source>
   <translation>En el archivo; pasa a las películas</translation>
  </message>
  <message>
   <source>In the file, kept aside</source>
   <translation>En el archivo; queda aparte</translation>
  </message>
  <message>
   <source>Rec.709</source>
   <translation>Rec.709</translation>
  </message>
  <message>
   <source>sRGB</source>
   <translation>sRGB</translation>
  </message>
  <message>
   <source>ACES2065-1, linear</source>
   <translation>ACES2065-1, lineal</translation>
  </message>
  <message>
   <source>ACEScg, linear</source>
   <translation>ACEScg, lineal</translation>
  </message>
  <message>
   <source>Cineon log</source>
   <translation>Cineon log</translation>
  </message>
  <message>
   <source>ADX10</source>
   <translation>ADX10</translation>
  </message>
  <message>
   <source>Linear, Rec.709 primaries</source>
   <translation>Lineal, primarios Rec.709</translation>
  </message>
  <message>
   <source>As found by the program</source>
   <translation>Como lo halló el programa</translation>
  </message>
  <message numerus="yes">
   <source>{n} missing</source>
   <extracomment>for one: {n} missing</extracomment>
   <translation>
    <numerusform>falta {n}</numerusform>
    <numerusform>faltan {n}</numerusform>
   </translation>
  </message>
  <message>
   <source>film frames whole</source>
   <translation>fotogramas enteros</translation>
  </message>
  <message>
   <source>fields paired again</source>
   <translation>campos emparejados de nuevo</translation>
  </message>
  <message>
   <source>2:3 pulldown removed</source>
   <translation>pulldown 2:3 eliminado</translation>
  </message>
  <message>
   <source>deinterlaced</source>
   <translation>desentrelazado</translation>
  </message>
 </context>
 <context>
  <name>wizard.probe_reasons</name>
  <message>
   <source>You chose it.</source>
   <translation>Lo eligió usted.</translation>
  </message>
  <message>
   <source>The header of the first frame says it.</source>
   <translation>Lo dice la cabecera del primer fotograma.</translation>
  </message>
  <message>
   <source>The header of the file says it, and its timestamps agree.</source>
   <translation>Lo dice la cabecera del archivo y sus marcas de tiempo coinciden.</translation>
  </message>
  <message>
   <source>The header of the file says it.</source>
   <translation>Lo dice la cabecera del archivo.</translation>
  </message>
  <message>
   <source>The timestamps of the file say it.</source>
   <translation>Lo dicen las marcas de tiempo del archivo.</translation>
  </message>
  <message>
   <source>It is the mean of the file's timestamps.</source>
   <translation>Es la media de las marcas de tiempo del archivo.</translation>
  </message>
  <message>
   <source>It is four fifths of the video's rate, as repeated fields were taken out.</source>
   <translation>Son cuatro quintos de la velocidad del vídeo, pues se quitaron los campos repetidos.</translation>
  </message>
  <message>
   <source>Film shot at 24 runs 4 % faster on PAL video.</source>
   <translation>La película rodada a 24 va un 4 % más rápida en vídeo PAL.</translation>
  </message>
  <message>
   <source>The headers say none. Sound film usually runs at 24, silent film at 16 to 20.</source>
   <translation>Las cabeceras no dicen ninguna. El cine sonoro suele ir a 24; el mudo, de 16 a 20.</translation>
  </message>
  <message>
   <source>Single stills have none; movies are written at this rate.</source>
   <translation>Las imágenes sueltas no tienen; las películas se escriben a esta velocidad.</translation>
  </message>
  <message>
   <source>The file says none; movies are written at this rate.</source>
   <translation>El archivo no dice ninguna; las películas se escriben a esta velocidad.</translation>
  </message>
  <message>
   <source>The DPX header says “{0}”.</source>
   <translation>La cabecera DPX dice «{0}».</translation>
  </message>
  <message>
   <source>The DPX header says nothing of it.</source>
   <translation>La cabecera DPX no dice nada de ello.</translation>
  </message>
  <message>
   <source>DPX of {0} bit is usually Cineon log.</source>
   <translation>El DPX de {0} bits suele ser Cineon log.</translation>
  </message>
  <message>
   <source>DPX of {0} bit is usually Rec.709.</source>
   <translation>El DPX de {0} bits suele ser Rec.709.</translation>
  </message>
  <message>
   <source>The EXR header says that it is an ACES container.</source>
   <translation>La cabecera EXR dice que es un contenedor ACES.</translation>
  </message>
  <message>
   <source>The EXR header names the primaries of this encoding.</source>
   <translation>La cabecera EXR nombra los primarios de esta codificación.</translation>
  </message>
  <message>
   <source>The EXR header names primaries that the program does not know.</source>
   <translation>La cabecera EXR nombra primarios que el programa no conoce.</translation>
  </message>
  <message>
   <source>The EXR header names no primaries; EXR without them is linear Rec.709.</source>
   <translation>La cabecera EXR no nombra primarios; un EXR sin ellos es Rec.709 lineal.</translation>
  </message>
  <message>
   <source>{0} with floating point is usually linear.</source>
   <translation>{0} de coma flotante suele ser lineal.</translation>
  </message>
  <message>
   <source>{0} pictures of films are usually Rec.709.</source>
   <translation>Las imágenes {0} de películas suelen ser Rec.709.</translation>
  </message>
  <message>
   <source>The file says {0}.</source>
   <translation>El archivo dice {0}.</translation>
  </message>
  <message>
   <source>The file does not say its transfer curve; Rec.709 is usual.</source>
   <translation>El archivo no dice su curva de transferencia; Rec.709 es lo usual.</translation>
  </message>
  <message>
   <source>The file names a transfer curve that the program does not know ({0}).</source>
   <translation>El archivo nombra una curva de transferencia que el programa no conoce ({0}).</translation>
  </message>
  <message>
   <source>The matrix of {0} is taken by the size of the picture.</source>
   <translation>La matriz de {0} se toma por el tamaño de la imagen.</translation>
  </message>
  <message>
   <source>The alpha channel is left out.</source>
   <translation>El canal alfa se deja fuera.</translation>
  </message>
  <message>
   <source>The file says that its frames are progressive.</source>
   <translation>El archivo dice que sus fotogramas son progresivos.</translation>
  </message>
  <message>
   <source>Nothing moves between the fields, so this is what is usual.</source>
   <translation>Nada se mueve entre los campos, así que es lo usual.</translation>
  </message>
  <message>
   <source>Both fields of a frame come from one film frame.</source>
   <translation>Los dos campos de un fotograma vienen del mismo fotograma de cine.</translation>
  </message>
  <message>
   <source>Film frames lay across two video frames; their fields are paired again.</source>
   <translation>Los fotogramas de cine cruzaban dos de vídeo; sus campos se emparejan de nuevo.</translation>
  </message>
  <message>
   <source>Fields were repeated to get from 24 to 30; the repeats are taken out.</source>
   <translation>Se repitieron campos para pasar de 24 a 30; las repeticiones se quitan.</translation>
  </message>
  <message>
   <source>The two fields show different moments; each frame is deinterlaced.</source>
   <translation>Los dos campos muestran momentos distintos; cada fotograma se desentrelaza.</translation>
  </message>
  <message>
   <source>Seen in {0} frames in which something moves.</source>
   <translation>Visto en {0} fotogramas en los que algo se mueve.</translation>
  </message>
 </context>
 <context>
  <name>wizard.sample</name>
  <message>
   <source>Sample film</source>
   <translation>Película de muestra</translation>
  </message>
  <message>
   <source>Making the sample film</source>
   <translation>Creando la película de muestra</translation>
  </message>
  <message>
   <source>Opening the sample film</source>
   <translation>Abriendo la película de muestra</translation>
  </message>
  <message>
   <source>Making the sample film: {share}</source>
   <translation>Creando la película de muestra: {share}</translation>
  </message>
 </context>
 <context>
  <name>wizard.session</name>
  <message>
   <source>{what}; a colour that is used stays</source>
   <translation>{what}; un color en uso se queda</translation>
  </message>
  <message>
   <source>confirming what was guessed</source>
   <translation>confirmar lo supuesto</translation>
  </message>
  <message>
   <source>choosing a film</source>
   <translation>elegir una película</translation>
  </message>
 </context>
 <context>
  <name>wizard.settings</name>
  <message>
   <source>Theme</source>
   <translation>Tema</translation>
  </message>
  <message>
   <source>Size of the text</source>
   <translation>Tamaño del texto</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Idioma</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Hecho</translation>
  </message>
  <message>
   <source>Folder for new projects</source>
   <translation>Carpeta para proyectos nuevos</translation>
  </message>
  <message>
   <source>They hold for this computer and every project on it. Everything is kept at once.</source>
   <translation>Valen para este equipo y todos sus proyectos. Todo se guarda al momento.</translation>
  </message>
  <message>
   <source>Neutral grey in both: the film is the only colour.</source>
   <translation>Gris neutro en ambos: la película es el único color.</translation>
  </message>
  <message>
   <source>Everything grows with it; pictures keep their room.</source>
   <translation>Todo crece con él; las imágenes conservan su sitio.</translation>
  </message>
  <message>
   <source>Of the window. File names and records stay as they are.</source>
   <translation>De la ventana. Los nombres de archivo y los registros quedan igual.</translation>
  </message>
  <message>
   <source>Projects that exist stay where they are.</source>
   <translation>Los proyectos que ya existen quedan donde están.</translation>
  </message>
  <message>
   <source>Everything stays on this computer. Answerprint never uses the network.</source>
   <translation>Todo queda en este equipo. Answerprint nunca usa la red.</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Como el sistema</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Oscuro</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Claro</translation>
  </message>
 </context>
 <context>
  <name>wizard.start</name>
  <message>
   <source>New project</source>
   <translation>Proyecto nuevo</translation>
  </message>
  <message>
   <source>Open a project...</source>
   <translation>Abrir un proyecto...</translation>
  </message>
  <message>
   <source>Recent projects</source>
   <translation>Proyectos recientes</translation>
  </message>
  <message>
   <source>Version {number}</source>
   <translation>Versión {number}</translation>
  </message>
 </context>
 <context>
  <name>wizard.start_parts</name>
  <message>
   <source>Twelve seconds of film through every step, in a few minutes.</source>
   <translation>Doce segundos de película por todos los pasos, en unos minutos.</translation>
  </message>
  <message>
   <source>Bring a faded film back, one film at a time.</source>
   <translation>Recuperar una película desvaída, de una en una.</translation>
  </message>
  <message>
   <source>New here?</source>
   <translation>¿Primera vez aquí?</translation>
  </message>
  <message>
   <source>Try it on the sample film</source>
   <translation>Probar con la película de muestra</translation>
  </message>
  <message>
   <source>The sample film before and after; the arrow keys move the line between</source>
   <translation>La película de muestra antes y después; las flechas mueven la línea</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Resultado</translation>
  </message>
  <message>
   <source>Drop a project to open it, or a film to begin with it</source>
   <translation>Suelte un proyecto para abrirlo o una película para empezar con ella</translation>
  </message>
 </context>
 <context>
  <name>wizard.start_recent</name>
  <message>
   <source>Nothing here yet</source>
   <translation>Aún no hay nada</translation>
  </message>
  <message>
   <source>Your projects will be listed here, with how far each has come. Begin with a new project, drop a film on this window, or try the sample film first.</source>
   <translation>Aquí aparecerán sus proyectos y hasta dónde ha llegado cada uno. Empiece un proyecto nuevo, suelte una película en esta ventana o pruebe antes la película de muestra.</translation>
  </message>
  <message>
   <source>Remove from the list</source>
   <translation>Quitar de la lista</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.align</name>
  <message>
   <source>Which reference frame belongs to which scan frame, and how exactly they lie on each other.</source>
   <translation>Qué fotograma de la referencia va con cuál del escaneo, y con qué exactitud coinciden.</translation>
  </message>
  <message>
   <source>Damage: {share} of the picture, typically. What is sound stays as it is.</source>
   <translation>Daños: {share} de la imagen, normalmente. Lo que está sano queda como está.</translation>
  </message>
  <message>
   <source>Matching reference to scan. You can look while it works, or close the window; it carries on.</source>
   <translation>Emparejando referencia y escaneo. Puede mirar mientras trabaja o cerrar la ventana; sigue solo.</translation>
  </message>
  <message>
   <source>Which reference frame belongs to which scan frame.</source>
   <translation>Qué fotograma de la referencia va con cuál del escaneo.</translation>
  </message>
  <message>
   <source>Drag a corner, or nudge it with the arrows: 0.25 px, with Shift 1 px.</source>
   <translation>Arrastre una esquina o muévala con las flechas: 0,25 px; con Mayús, 1 px.</translation>
  </message>
  <message>
   <source>Doubtful frames are left out where a shot has better ones. You can go on.</source>
   <translation>Los fotogramas dudosos se dejan fuera donde el plano tiene otros mejores. Puede seguir.</translation>
  </message>
  <message>
   <source>Reading scan frame {done} of {total}</source>
   <translation>Leyendo el fotograma {done} de {total} del escaneo</translation>
  </message>
  <message>
   <source>Reading reference frame {done} of {total}</source>
   <translation>Leyendo el fotograma {done} de {total} de la referencia</translation>
  </message>
  <message>
   <source>Comparing frame {done} of {total}</source>
   <translation>Comparando el fotograma {done} de {total}</translation>
  </message>
  <message>
   <source>Aligning frame {done} of {total}</source>
   <translation>Alineando el fotograma {done} de {total}</translation>
  </message>
  <message>
   <source>Finding how the films lie on each other</source>
   <translation>Buscando cómo coinciden las películas</translation>
  </message>
  <message>
   <source>confirming doubtful frames</source>
   <translation>confirmar fotogramas dudosos</translation>
  </message>
  <message>
   <source>a sync point</source>
   <translation>un punto de sincronía</translation>
  </message>
  <message>
   <source>Stopped by you. Go on when you are ready.</source>
   <translation>Parado por usted. Siga cuando quiera.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.align_side</name>
  <message>
   <source>Beside the pictures</source>
   <translation>Junto a las imágenes</translation>
  </message>
  <message>
   <source>Doubtful frames</source>
   <translation>Fotogramas dudosos</translation>
  </message>
  <message>
   <source>Doubtful frames and sync points</source>
   <translation>Fotogramas dudosos y puntos de sincronía</translation>
  </message>
  <message>
   <source>They fit: use them</source>
   <translation>Coinciden: usarlos</translation>
  </message>
  <message>
   <source>Remove this sync point</source>
   <translation>Quitar este punto de sincronía</translation>
  </message>
  <message>
   <source>Set a sync point here</source>
   <translation>Fijar aquí un punto de sincronía</translation>
  </message>
  <message>
   <source>When the scan is balanced</source>
   <translation>Cuándo se equilibra el escaneo</translation>
  </message>
  <message>
   <source>Show the balanced scan</source>
   <translation>Mostrar el escaneo equilibrado</translation>
  </message>
  <message>
   <source>Doubtful so far</source>
   <translation>Dudosos hasta ahora</translation>
  </message>
  <message>
   <source>Frames that do not fit well are listed here as they are found.</source>
   <translation>Los fotogramas que no coinciden bien aparecen aquí según se encuentran.</translation>
  </message>
  <message>
   <source>Every frame that has a partner lies on it.</source>
   <translation>Todo fotograma con pareja coincide con ella.</translation>
  </message>
  <message>
   <source>The fade is undone before training.</source>
   <translation>El desvaído se corrige antes de entrenar.</translation>
  </message>
  <message>
   <source>Training sees the scan as it is; its luma is balanced after.</source>
   <translation>El entrenamiento ve el escaneo tal cual; su luma se equilibra después.</translation>
  </message>
  <message>
   <source>For a scan that is balanced already.</source>
   <translation>Para un escaneo ya equilibrado.</translation>
  </message>
  <message>
   <source>Luma is {after} off the reference, {before} without.</source>
   <translation>La luma difiere {after} de la referencia; sin él, {before}.</translation>
  </message>
  <message>
   <source>Doubtful</source>
   <translation>Dudosos</translation>
  </message>
  <message>
   <source>sync point</source>
   <translation>punto de sincronía</translation>
  </message>
  <message>
   <source>shows reference {frame}</source>
   <translation>muestra {frame} de la referencia</translation>
  </message>
  <message>
   <source>It fits: use it</source>
   <translation>Coincide: usarlo</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>No</translation>
  </message>
  <message>
   <source>the balance</source>
   <translation>el equilibrio</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.align_viewer</name>
  <message>
   <source>Reference {frame}</source>
   <translation>Referencia {frame}</translation>
  </message>
  <message>
   <source>Scan and reference</source>
   <translation>Escaneo y referencia</translation>
  </message>
  <message>
   <source>Wipe</source>
   <translation>Cortinilla</translation>
  </message>
  <message>
   <source>Onion skin</source>
   <translation>Papel cebolla</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Diferencia</translation>
  </message>
  <message>
   <source>Checkerboard</source>
   <translation>Tablero</translation>
  </message>
  <message>
   <source>How the pictures are compared</source>
   <translation>Cómo se comparan las imágenes</translation>
  </message>
  <message>
   <source>Move corners</source>
   <translation>Mover esquinas</translation>
  </message>
  <message>
   <source>Put back</source>
   <translation>Restablecer</translation>
  </message>
  <message>
   <source>Fit the picture</source>
   <translation>Ajustar la imagen</translation>
  </message>
  <message>
   <source>Pixel by pixel</source>
   <translation>Píxel a píxel</translation>
  </message>
  <message>
   <source>Step the reference until it shows what the scan shows.</source>
   <translation>Avance la referencia hasta que muestre lo mismo que el escaneo.</translation>
  </message>
  <message>
   <source>Set the sync point</source>
   <translation>Fijar el punto de sincronía</translation>
  </message>
  <message>
   <source>Leave it</source>
   <translation>Dejarlo</translation>
  </message>
  <message>
   <source>Balanced scan {frame}</source>
   <translation>Escaneo equilibrado {frame}</translation>
  </message>
  <message>
   <source>Scan {frame}</source>
   <translation>Escaneo {frame}</translation>
  </message>
  <message>
   <source>moving the corners</source>
   <translation>mover las esquinas</translation>
  </message>
  <message>
   <source>Not in the reference</source>
   <translation>No está en la referencia</translation>
  </message>
  <message>
   <source>Laid on the scan when the matching is done</source>
   <translation>Se superpone al escaneo cuando acabe el emparejado</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.balance</name>
  <message>
   <source>The fade, measured from the film's own blacks, neutrals and base: a starting layer.</source>
   <translation>El desvaído, medido en los negros, los neutros y la base de la película: una capa de partida.</translation>
  </message>
  <message numerus="yes">
   <source>Measured on {n} frames</source>
   <extracomment>for one: Measured on {n} frame</extracomment>
   <translation>
    <numerusform>Medido en {n} fotograma</numerusform>
    <numerusform>Medido en {n} fotogramas</numerusform>
   </translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Medir</translation>
  </message>
  <message>
   <source>Finds the shots, then reads 24 frames</source>
   <translation>Busca los planos y después lee 24 fotogramas</translation>
  </message>
  <message>
   <source>The fade is being measured.</source>
   <translation>Se está midiendo el desvaído.</translation>
  </message>
  <message>
   <source>Not measured yet.</source>
   <translation>Aún sin medir.</translation>
  </message>
  <message>
   <source>a control of the balance</source>
   <translation>un control del equilibrio</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.balance_side</name>
  <message>
   <source>As measured</source>
   <translation>Como se midió</translation>
  </message>
  <message>
   <source>How far the fade is corrected; 100 % is as measured</source>
   <translation>Cuánto se corrige el desvaído; 100 % es lo medido</translation>
  </message>
  <message>
   <source>Cool at the left, warm at the right</source>
   <translation>Frío a la izquierda, cálido a la derecha</translation>
  </message>
  <message>
   <source>Green at the left, magenta at the right</source>
   <translation>Verde a la izquierda, magenta a la derecha</translation>
  </message>
  <message>
   <source>Darker at the left, lighter at the right</source>
   <translation>Más oscuro a la izquierda, más claro a la derecha</translation>
  </message>
  <message>
   <source>Softer at the left, stronger at the right</source>
   <translation>Más suave a la izquierda, más fuerte a la derecha</translation>
  </message>
  <message>
   <source>How much the best kept dye lost cannot be told from the film alone: it is taken to be the usual.</source>
   <translation>Cuánto perdió el tinte mejor conservado no se sabe solo por la película: se supone lo usual.</translation>
  </message>
  <message>
   <source>Measure again</source>
   <translation>Medir de nuevo</translation>
  </message>
  <message>
   <source>A starting layer: what the controls change is undone as easily, and written into the record.</source>
   <translation>Una capa de partida: lo que cambian los controles se deshace igual de fácil y consta en el registro.</translation>
  </message>
  <message>
   <source>Measured</source>
   <translation>Medido</translation>
  </message>
  <message>
   <source>from the film itself</source>
   <translation>en la propia película</translation>
  </message>
  <message>
   <source>Controls</source>
   <translation>Controles</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>Intensidad</translation>
  </message>
  <message>
   <source>Warmth</source>
   <translation>Calidez</translation>
  </message>
  <message>
   <source>Tint</source>
   <translation>Matiz</translation>
  </message>
  <message>
   <source>Lightness</source>
   <translation>Claridad</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>Contraste</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.balance_viewer</name>
  <message>
   <source>Scan and balanced scan</source>
   <translation>Escaneo y escaneo equilibrado</translation>
  </message>
  <message>
   <source>Film</source>
   <translation>Película</translation>
  </message>
  <message>
   <source>How scan and balanced scan are compared</source>
   <translation>Cómo se comparan escaneo y escaneo equilibrado</translation>
  </message>
  <message>
   <source>Balanced</source>
   <translation>Equilibrado</translation>
  </message>
  <message>
   <source>Split</source>
   <translation>Partida</translation>
  </message>
  <message>
   <source>Balanced when the fade is measured</source>
   <translation>Equilibrado cuando se mida el desvaído</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.balance_words</name>
  <message>
   <source>Faded: {worst} lost most, {best} kept best.</source>
   <translation>Desvaída: el {worst} perdió más; el {best} se conserva mejor.</translation>
  </message>
  <message>
   <source>all but gone</source>
   <translation>casi nada</translation>
  </message>
  <message>
   <source>The film shows too little to measure its fade. The scan is used as it is.</source>
   <translation>La película muestra muy poco para medir su desvaído. El escaneo se usa tal cual.</translation>
  </message>
  <message>
   <source>No fading can be told from the film's colours. The scan is used as it is.</source>
   <translation>Los colores de la película no muestran desvaído. El escaneo se usa tal cual.</translation>
  </message>
  <message>
   <source>A little faded, as far as the film's colours tell. It is corrected in part.</source>
   <translation>Algo desvaída, por lo que dicen los colores de la película. Se corrige en parte.</translation>
  </message>
  <message>
   <source>cyan</source>
   <translation>cian</translation>
  </message>
  <message>
   <source>magenta</source>
   <translation>magenta</translation>
  </message>
  <message>
   <source>yellow</source>
   <translation>amarillo</translation>
  </message>
  <message>
   <source>deep</source>
   <translation>profundos</translation>
  </message>
  <message>
   <source>well kept</source>
   <translation>bien conservado</translation>
  </message>
  <message>
   <source>partly gone</source>
   <translation>perdido en parte</translation>
  </message>
  <message>
   <source>mostly gone</source>
   <translation>muy perdido</translation>
  </message>
  <message>
   <source>neutral</source>
   <translation>neutra</translation>
  </message>
  <message>
   <source>bluish green</source>
   <translation>verde azulada</translation>
  </message>
  <message>
   <source>pinkish</source>
   <translation>rosada</translation>
  </message>
  <message>
   <source>yellowish</source>
   <translation>amarillenta</translation>
  </message>
  <message>
   <source>reddish</source>
   <translation>rojiza</translation>
  </message>
  <message>
   <source>greenish</source>
   <translation>verdosa</translation>
  </message>
  <message>
   <source>bluish</source>
   <translation>azulada</translation>
  </message>
  <message>
   <source>a little weak</source>
   <translation>algo débiles</translation>
  </message>
  <message>
   <source>weak</source>
   <translation>débiles</translation>
  </message>
  <message>
   <source>Base</source>
   <translation>Base</translation>
  </message>
  <message>
   <source>{density}, {word}</source>
   <translation>{density}; {word}</translation>
  </message>
  <message>
   <source>Blacks</source>
   <translation>Negros</translation>
  </message>
  <message>
   <source>Cyan left</source>
   <translation>Cian restante</translation>
  </message>
  <message>
   <source>Magenta left</source>
   <translation>Magenta restante</translation>
  </message>
  <message>
   <source>Yellow left</source>
   <translation>Amarillo restante</translation>
  </message>
  <message>
   <source>Near grey</source>
   <translation>Casi gris</translation>
  </message>
  <message>
   <source>{share} of the picture</source>
   <translation>{share} de la imagen</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.doubts</name>
  <message>
   <source>{misfit} px misfit</source>
   <translation>desajuste de {misfit} px</translation>
  </message>
  <message>
   <source>little to see, beside a cut</source>
   <translation>poco que ver, junto a un corte</translation>
  </message>
  <message>
   <source>little to see, or like its neighbours</source>
   <translation>poco que ver, o igual que sus vecinos</translation>
  </message>
  <message>
   <source>Look closely: typically {misfit} px off, {share} of frames under 1 px</source>
   <translation>Mire de cerca: típicamente {misfit} px de desajuste, {share} de los fotogramas bajo 1 px</translation>
  </message>
  <message>
   <source>at a cut, {misfit}</source>
   <translation>en un corte, {misfit}</translation>
  </message>
  <message>
   <source>Given as aligned: how well it fits was not measured</source>
   <translation>Dado como alineado: no se midió cuán bien encaja</translation>
  </message>
  <message>
   <source>No frame has a partner in the reference</source>
   <translation>Ningún fotograma tiene pareja en la referencia</translation>
  </message>
  <message>
   <source>Good: typically {misfit} px off, {share} of frames under 1 px</source>
   <translation>Bien: típicamente {misfit} px de desajuste, {share} de los fotogramas bajo 1 px</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export</name>
  <message>
   <source>New files in a folder of their own. The scan is only read, never written.</source>
   <translation>Archivos nuevos en su propia carpeta. El escaneo solo se lee, nunca se escribe.</translation>
  </message>
  <message>
   <source>The sound file, or the colour config, is not where it was. Choose it again, or leave it out.</source>
   <translation>El archivo de sonido, o la configuración de color, no está donde estaba. Elíjalo de nuevo o prescinda de él.</translation>
  </message>
  <message>
   <source>Where it goes</source>
   <translation>Adónde va</translation>
  </message>
  <message>
   <source>The drive for the results is not connected. Connect it, or choose another folder.</source>
   <translation>La unidad de los resultados no está conectada. Conéctela o elija otra carpeta.</translation>
  </message>
  <message>
   <source>Checked before it starts: space, names, source files unchanged</source>
   <translation>Se comprueba antes de empezar: espacio, nombres, originales sin cambios</translation>
  </message>
  <message>
   <source>It can begin when the present work is done</source>
   <translation>Puede empezar cuando acabe el trabajo actual</translation>
  </message>
  <message>
   <source>Choose at least one format to go on</source>
   <translation>Elija al menos un formato para seguir</translation>
  </message>
  <message>
   <source>There is not enough room. Make room, choose another folder, or choose fewer formats.</source>
   <translation>No hay espacio suficiente. Libere espacio, elija otra carpeta o menos formatos.</translation>
  </message>
  <message numerus="yes">
   <source>Export {n} frames</source>
   <extracomment>for one: Export {n} frame</extracomment>
   <translation>
    <numerusform>Exportar {n} fotograma</numerusform>
    <numerusform>Exportar {n} fotogramas</numerusform>
   </translation>
  </message>
  <message>
   <source>the package</source>
   <translation>el paquete</translation>
  </message>
  <message>
   <source>side by side</source>
   <translation>las imágenes lado a lado</translation>
  </message>
  <message>
   <source>the digital source type</source>
   <translation>el tipo de fuente digital</translation>
  </message>
  <message>
   <source>the formats</source>
   <translation>los formatos</translation>
  </message>
  <message>
   <source>A folder for the results</source>
   <translation>Una carpeta para los resultados</translation>
  </message>
  <message>
   <source>Waiting for space or another folder</source>
   <translation>A la espera de espacio u otra carpeta</translation>
  </message>
  <message>
   <source>What is written is whole and checked; it goes on from there</source>
   <translation>Lo escrito está completo y comprobado; sigue desde ahí</translation>
  </message>
  <message>
   <source>You can close the window; it carries on</source>
   <translation>Puede cerrar la ventana; sigue solo</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>Abrir la carpeta</translation>
  </message>
  <message>
   <source>Resume at {frame}</source>
   <translation>Reanudar en {frame}</translation>
  </message>
  <message>
   <source>the language of the report</source>
   <translation>el idioma del informe</translation>
  </message>
  <message>
   <source>the folder for the results</source>
   <translation>la carpeta de resultados</translation>
  </message>
  <message>
   <source>the mattes of evidence</source>
   <translation>las máscaras de origen</translation>
  </message>
  <message>
   <source>the burn-in</source>
   <translation>los datos sobreimpresos</translation>
  </message>
  <message>
   <source>the length</source>
   <translation>la duración</translation>
  </message>
  <message>
   <source>the grain</source>
   <translation>el grano</translation>
  </message>
  <message>
   <source>the sound</source>
   <translation>el sonido</translation>
  </message>
  <message>
   <source>the encoding</source>
   <translation>la codificación</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_facts</name>
  <message>
   <source>{bits} bit</source>
   <translation>{bits} bits</translation>
  </message>
  <message>
   <source>Single stills have no order in time and make no movie.</source>
   <translation>Las imágenes sueltas no tienen orden en el tiempo y no forman película.</translation>
  </message>
  <message>
   <source>H.264 and H.265 hold even sizes only; this picture is {width} × {height}.</source>
   <translation>H.264 y H.265 solo admiten tamaños pares; esta imagen tiene {width} × {height}.</translation>
  </message>
  <message>
   <source>ProRes holds even widths only; this picture is {width} pixels wide.</source>
   <translation>ProRes solo admite anchos pares; esta imagen mide {width} píxeles de ancho.</translation>
  </message>
  <message>
   <source>You may not write in this folder. Choose another one.</source>
   <translation>No se puede escribir en esta carpeta. Elija otra.</translation>
  </message>
  <message>
   <source>The sound does not go into these movies. Choose a WAV file, or leave it out.</source>
   <translation>El sonido no cabe en estas películas. Elija un archivo WAV o déjelo fuera.</translation>
  </message>
  <message>
   <source>Pictures side by side: {done} of {total}</source>
   <translation>Imágenes lado a lado: {done} de {total}</translation>
  </message>
  <message>
   <source>Restoring frame {done} of {total}</source>
   <translation>Restaurando el fotograma {done} de {total}</translation>
  </message>
  <message>
   <source>Writing the report</source>
   <translation>Escribiendo el informe</translation>
  </message>
  <message>
   <source>Reading back what was written</source>
   <translation>Releyendo lo escrito</translation>
  </message>
  <message>
   <source>Packing the bag</source>
   <translation>Preparando el paquete BagIt</translation>
  </message>
  <message>
   <source>Putting the movie together</source>
   <translation>Montando la película</translation>
  </message>
  <message>
   <source>This is the folder of the scan or of the reference. Nothing is written there; choose another folder.</source>
   <translation>Es la carpeta del escaneo o de la referencia. Ahí no se escribe nada; elija otra.</translation>
  </message>
  <message>
   <source>Other files of these names lie in this folder. Choose another folder, or move them away.</source>
   <translation>En esta carpeta hay otros archivos con estos nombres. Elija otra carpeta o muévalos.</translation>
  </message>
  <message>
   <source>The record in this folder cannot be read. Choose another folder, or move it and the results away.</source>
   <translation>El registro de esta carpeta no se puede leer. Elija otra carpeta o muévalo junto con los resultados.</translation>
  </message>
  <message>
   <source>For the archive and for grading. One file a frame, header and timecode carried over.</source>
   <translation>Para el archivo y el etalonaje. Un archivo por fotograma, con cabecera y código de tiempo.</translation>
  </message>
  <message>
   <source>OpenEXR, half float</source>
   <translation>OpenEXR, media precisión</translation>
  </message>
  <message>
   <source>For effects work and ACES pipelines.</source>
   <translation>Para efectos y flujos ACES.</translation>
  </message>
  <message>
   <source>TIFF, 16 bit</source>
   <translation>TIFF, 16 bits</translation>
  </message>
  <message>
   <source>For stills, printing, and programs that do not read DPX.</source>
   <translation>Para imágenes fijas, impresión y programas que no leen DPX.</translation>
  </message>
  <message>
   <source>PNG, 16 bit</source>
   <translation>PNG, 16 bits</translation>
  </message>
  <message>
   <source>For looking at single frames anywhere.</source>
   <translation>Para ver fotogramas sueltos en cualquier parte.</translation>
  </message>
  <message>
   <source>For viewing, editing and screening. One file, with sound, always Rec.709.</source>
   <translation>Para ver, montar y proyectar. Un archivo, con sonido, siempre Rec.709.</translation>
  </message>
  <message>
   <source>As 422 HQ, with colour at full resolution.</source>
   <translation>Como 422 HQ, con el color a plena resolución.</translation>
  </message>
  <message>
   <source>As 4444, compressed less. 10 bit, as every ProRes made here.</source>
   <translation>Como 4444, con menos compresión. 10 bits, como todo ProRes hecho aquí.</translation>
  </message>
  <message>
   <source>FFV1 in Matroska</source>
   <translation>FFV1 en Matroska</translation>
  </message>
  <message>
   <source>Lossless and compact. One file, checksums inside.</source>
   <translation>Sin pérdida y compacto. Un archivo, con sumas de control dentro.</translation>
  </message>
  <message>
   <source>H.264 viewing copy</source>
   <translation>Copia de visionado H.264</translation>
  </message>
  <message>
   <source>For looking and sending. Small, plays anywhere. 8 bit, always Rec.709.</source>
   <translation>Para ver y enviar. Pequeña, se reproduce en todas partes. 8 bits, siempre Rec.709.</translation>
  </message>
  <message>
   <source>H.265 viewing copy</source>
   <translation>Copia de visionado H.265</translation>
  </message>
  <message>
   <source>Smaller still and 10 bit, for newer players.</source>
   <translation>Aún más pequeña y de 10 bits, para reproductores más nuevos.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_files</name>
  <message>
   <source>A sound file for the movies</source>
   <translation>Un archivo de sonido para las películas</translation>
  </message>
  <message>
   <source>An OpenColorIO config</source>
   <translation>Una configuración OpenColorIO</translation>
  </message>
  <message>
   <source>OpenColorIO configs (*.ocio *.ocioz)</source>
   <translation>Configuraciones OpenColorIO (*.ocio *.ocioz)</translation>
  </message>
  <message>
   <source>the colour config</source>
   <translation>la configuración de color</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_format</name>
  <message>
   <source>Leave the sound out</source>
   <translation>Dejar el sonido fuera</translation>
  </message>
  <message>
   <source>Choose a sound file</source>
   <translation>Elegir un archivo de sonido</translation>
  </message>
  <message>
   <source>The scan's own</source>
   <translation>El del escaneo</translation>
  </message>
  <message>
   <source>Range</source>
   <translation>Tramo</translation>
  </message>
  <message>
   <source>From in to out, as set on Media.</source>
   <translation>De entrada a salida, según Material.</translation>
  </message>
  <message>
   <source>Picture size</source>
   <translation>Tamaño de imagen</translation>
  </message>
  <message>
   <source>Names</source>
   <translation>Nombres</translation>
  </message>
  <message>
   <source>The scan's own name and frame numbers, so that every file is found again.</source>
   <translation>El nombre y los números del escaneo, para reencontrar cada archivo.</translation>
  </message>
  <message>
   <source>Frame and timecode in the picture of viewing copies</source>
   <translation>Fotograma y código de tiempo en la imagen de las copias de visionado</translation>
  </message>
  <message>
   <source>The whole length: frames outside the range untouched</source>
   <translation>La duración completa: los fotogramas fuera del tramo, sin tocar</translation>
  </message>
  <message>
   <source>They are passed on as the scan has them, and marked so in the record and in the files that can say it.</source>
   <translation>Pasan tal como los tiene el escaneado, y así consta en el registro y en los archivos que pueden decirlo.</translation>
  </message>
  <message>
   <source>Always made: they prove what was done, frame by frame.</source>
   <translation>Se hacen siempre: prueban lo hecho, fotograma a fotograma.</translation>
  </message>
  <message>
   <source>In to out: {first} – {last}</source>
   <translation>De entrada a salida: {first} – {last}</translation>
  </message>
  <message>
   <source>Same as the scan: {width} × {height}</source>
   <translation>Igual que el escaneo: {width} × {height}</translation>
  </message>
  <message>
   <source>The names of the scan's own files</source>
   <translation>Los nombres de los archivos del escaneo</translation>
  </message>
  <message>
   <source>{name}_restored.[frame]</source>
   <translation>{name}_restored.[frame]</translation>
  </message>
  <message>
   <source>Sound for movies</source>
   <translation>Sonido para las películas</translation>
  </message>
  <message>
   <source>Choose...</source>
   <translation>Elegir...</translation>
  </message>
  <message>
   <source>Encoding of stills and FFV1</source>
   <translation>Codificación de imágenes y FFV1</translation>
  </message>
  <message>
   <source>Change in Media</source>
   <translation>Cambiar en Material</translation>
  </message>
  <message>
   <source>Change the settings</source>
   <translation>Cambiar los ajustes</translation>
  </message>
  <message>
   <source>Checksums and a record of what was done to which frame (PREMIS, JSON)</source>
   <translation>Sumas de control y un registro de lo hecho en cada fotograma (PREMIS, JSON)</translation>
  </message>
  <message>
   <source>A report to read, with pictures and figures, as a page and as PDF</source>
   <translation>Un informe para leer, con imágenes y cifras, como página y como PDF</translation>
  </message>
  <message>
   <source>Fixed until this export ends</source>
   <translation>Fijo hasta que termine esta exportación</translation>
  </message>
  <message>
   <source>about {size}</source>
   <translation>unos {size}</translation>
  </message>
  <message>
   <source>None: stills carry no sound</source>
   <translation>Ninguno: las imágenes no llevan sonido</translation>
  </message>
  <message>
   <source>{encoding}, as the scan</source>
   <translation>{encoding}, como el escaneo</translation>
  </message>
  <message>
   <source>Another OpenColorIO config...</source>
   <translation>Otra configuración OpenColorIO...</translation>
  </message>
  <message>
   <source>A space of your own OpenColorIO config...</source>
   <translation>Un espacio de su propia configuración OpenColorIO...</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_grain</name>
  <message>
   <source>Grain</source>
   <translation>Grano</translation>
  </message>
  <message>
   <source>The print's kind</source>
   <translation>Como el de la copia</translation>
  </message>
  <message>
   <source>The reference's kind</source>
   <translation>Como el de la referencia</translation>
  </message>
  <message>
   <source>What was repaired is smoother than film.</source>
   <translation>Lo reparado es más liso que una película.</translation>
  </message>
  <message>
   <source>What was repaired gets new grain like the print's, another on each frame. What is sound keeps its own.</source>
   <translation>Lo reparado recibe grano nuevo como el de la copia, otro en cada fotograma. Lo sano conserva el suyo.</translation>
  </message>
  <message>
   <source>The grain of each frame of the scan is laid back on the new detail.</source>
   <translation>El grano de cada fotograma del escaneo se pone de nuevo sobre el detalle nuevo.</translation>
  </message>
  <message>
   <source>New grain, as strong and as coarse as the reference's, another on each frame. It was made, not filmed.</source>
   <translation>Grano nuevo, tan fuerte y tan grueso como el de la referencia, otro en cada fotograma. Está fabricado, no filmado.</translation>
  </message>
  <message>
   <source>As the net makes it: smoother than film.</source>
   <translation>Como lo hace la red: más liso que una película.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_lut</name>
  <message>
   <source>Only the LUT</source>
   <translation>Solo la LUT</translation>
  </message>
  <message>
   <source>One table of colours for the film and one for each shot, as .cube files that other programs read. They go on the balanced scan, in Rec.709.</source>
   <translation>Una tabla de colores para la película y una para cada plano, como archivos .cube que leen otros programas. Se aplican al escaneo equilibrado, en Rec.709.</translation>
  </message>
  <message>
   <source>A folder for the LUT</source>
   <translation>Una carpeta para la LUT</translation>
  </message>
  <message>
   <source>Save the LUT...</source>
   <translation>Guardar la LUT...</translation>
  </message>
  <message>
   <source>LUT over the film</source>
   <translation>LUT de la película</translation>
  </message>
  <message>
   <source>LUT of each shot</source>
   <translation>LUT de cada plano</translation>
  </message>
  <message numerus="yes">
   <source>{n} files are in {folder}</source>
   <extracomment>for one: {n} file is in {folder}</extracomment>
   <translation>
    <numerusform>{n} archivo está en {folder}</numerusform>
    <numerusform>{n} archivos están en {folder}</numerusform>
   </translation>
  </message>
  <message>
   <source>The training</source>
   <translation>El entrenamiento</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_package</name>
  <message>
   <source>Confirm</source>
   <translation>Confirmar</translation>
  </message>
  <message>
   <source>Confirm: {what}</source>
   <translation>Confirmar: {what}</translation>
  </message>
  <message>
   <source>A package the archive can check: BagIt</source>
   <translation>Un paquete que el archivo puede comprobar: BagIt</translation>
  </message>
  <message>
   <source>All that is delivered in one folder with its checksums, PREMIS and the model, as RFC 8493 has it.</source>
   <translation>Todo lo entregado en una carpeta con sus sumas de control, PREMIS y el modelo, según la RFC 8493.</translation>
  </message>
  <message>
   <source>A movie and some stills, each picture with its label.</source>
   <translation>Un vídeo y algunas imágenes fijas, cada imagen con su rótulo.</translation>
  </message>
  <message>
   <source>linear filter</source>
   <translation>filtro lineal</translation>
  </message>
  <message>
   <source>Scan, restored, reference</source>
   <translation>Escaneo, restaurado, referencia</translation>
  </message>
  <message>
   <source>Scan, restored, {classical}</source>
   <translation>Escaneo, restaurado, {classical}</translation>
  </message>
  <message>
   <source>Scan, {classical}, restored, reference</source>
   <translation>Escaneo, {classical}, restaurado, referencia</translation>
  </message>
  <message>
   <source>Scan, balanced scan, {classical}, restored</source>
   <translation>Escaneo, escaneo equilibrado, {classical}, restaurado</translation>
  </message>
  <message>
   <source>Digitised from a negative on film</source>
   <translation>Digitalizado de un negativo en película</translation>
  </message>
  <message>
   <source>Digitised from a positive on film</source>
   <translation>Digitalizado de un positivo en película</translation>
  </message>
  <message>
   <source>Digitised from a print on paper or another opaque medium</source>
   <translation>Digitalizado de una copia en papel u otro soporte opaco</translation>
  </message>
  <message>
   <source>Captured from life by a digital camera</source>
   <translation>Captado del natural con una cámara digital</translation>
  </message>
  <message>
   <source>Several frames captured from life and merged by the camera</source>
   <translation>Varias tomas del natural unidas por la cámara</translation>
  </message>
  <message>
   <source>Corrected or enhanced by people, with tools that generate nothing</source>
   <translation>Corregido o mejorado por personas, con herramientas que no generan nada</translation>
  </message>
  <message>
   <source>Corrected or modified by an algorithm that generates nothing</source>
   <translation>Corregido o modificado por un algoritmo que no genera nada</translation>
  </message>
  <message>
   <source>Edited with a trained model: part of the picture is what the model made</source>
   <translation>Editado con un modelo entrenado: parte de la imagen la hizo el modelo</translation>
  </message>
  <message>
   <source>Made by a trained model as a whole</source>
   <translation>Hecho por entero por un modelo entrenado</translation>
  </message>
  <message>
   <source>Put together from several elements</source>
   <translation>Compuesto de varios elementos</translation>
  </message>
  <message>
   <source>Put together from several captured elements</source>
   <translation>Compuesto de varios elementos captados</translation>
  </message>
  <message>
   <source>Put together from elements of which at least one is made by a trained model</source>
   <translation>Compuesto de elementos, al menos uno de ellos hecho por un modelo entrenado</translation>
  </message>
  <message>
   <source>Made by people with digital tools</source>
   <translation>Hecho por personas con herramientas digitales</translation>
  </message>
  <message>
   <source>Made by an algorithm alone, without a trained model</source>
   <translation>Hecho solo por un algoritmo, sin modelo entrenado</translation>
  </message>
  <message>
   <source>A representation of data, made by rules</source>
   <translation>Una representación de datos, hecha con reglas</translation>
  </message>
  <message>
   <source>Captured from a screen</source>
   <translation>Captado de una pantalla</translation>
  </message>
  <message>
   <source>Recorded from a virtual scene or event</source>
   <translation>Grabado de una escena o un acto virtuales</translation>
  </message>
  <message>
   <source>Digital source type (IPTC)</source>
   <translation>Tipo de fuente digital (IPTC)</translation>
  </message>
  <message>
   <source>proposed</source>
   <translation>propuesto</translation>
  </message>
  <message>
   <source>{meaning}. Written into the files once you confirm it.</source>
   <translation>{meaning}. Se escribe en los archivos cuando lo confirme.</translation>
  </message>
  <message>
   <source>Side by side, for talks and sign-off</source>
   <translation>Lado a lado, para charlas y visto bueno</translation>
  </message>
  <message>
   <source>Which pictures stand side by side</source>
   <translation>Qué imágenes van lado a lado</translation>
  </message>
  <message>
   <source>Scan, restored</source>
   <translation>Escaneo, restaurado</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_parts</name>
  <message>
   <source>copied bit for bit</source>
   <translation>copiado bit a bit</translation>
  </message>
  <message>
   <source>{needed} needed, {free} free</source>
   <translation>{needed} necesarios, {free} libres</translation>
  </message>
  <message>
   <source>none</source>
   <translation>no hay</translation>
  </message>
  <message>
   <source>copied bit for bit; {files} files are silent</source>
   <translation>copiado bit a bit; los archivos {files} son mudos</translation>
  </message>
  <message>
   <source>The folder for the results</source>
   <translation>La carpeta de resultados</translation>
  </message>
  <message>
   <source>Choose the folder for the results</source>
   <translation>Elegir la carpeta de resultados</translation>
  </message>
  <message>
   <source>Free space</source>
   <translation>Espacio libre</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Progreso</translation>
  </message>
  <message>
   <source>Read the report</source>
   <translation>Leer el informe</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} de {total}</translation>
  </message>
  <message>
   <source>Room that is needed</source>
   <translation>Espacio necesario</translation>
  </message>
  <message>
   <source>Frames written</source>
   <translation>Fotogramas escritos</translation>
  </message>
  <message>
   <source>Written and checked</source>
   <translation>Escritos y comprobados</translation>
  </message>
  <message>
   <source>Not written yet</source>
   <translation>Sin escribir aún</translation>
  </message>
  <message numerus="yes">
   <source>Exact on {n} of {n} frames</source>
   <extracomment>for one: Exact on {n} of {n} frame</extracomment>
   <translation>
    <numerusform>Exacto en {n} de {n} fotograma</numerusform>
    <numerusform>Exacto en {n} de {n} fotogramas</numerusform>
   </translation>
  </message>
  <message>
   <source>Checksums and record</source>
   <translation>Sumas de control y registro</translation>
  </message>
  <message>
   <source>written</source>
   <translation>escrito</translation>
  </message>
  <message>
   <source>First file</source>
   <translation>Primer archivo</translation>
  </message>
  <message>
   <source>Last file</source>
   <translation>Último archivo</translation>
  </message>
  <message>
   <source>No space left on {drive}</source>
   <translation>No queda espacio en {drive}</translation>
  </message>
  <message>
   <source>Not enough space</source>
   <translation>Espacio insuficiente</translation>
  </message>
  <message>
   <source>{free} free</source>
   <translation>{free} libres</translation>
  </message>
  <message>
   <source>exact on all {n}</source>
   <translation>exacto en los {n}</translation>
  </message>
  <message>
   <source>Passed on untouched</source>
   <translation>Pasados sin tocar</translation>
  </message>
  <message>
   <source>Half-written frame {frame}</source>
   <translation>Fotograma {frame} a medio escribir</translation>
  </message>
  <message>
   <source>removed</source>
   <translation>eliminado</translation>
  </message>
  <message>
   <source>Luma beyond the encoding</source>
   <translation>Luma fuera de la codificación</translation>
  </message>
  <message>
   <source>{format}, {files}</source>
   <translation>{format}, {files}</translation>
  </message>
  <message numerus="yes">
   <source>{n} files</source>
   <extracomment>for one: {n} file</extracomment>
   <translation>
    <numerusform>{n} archivo</numerusform>
    <numerusform>{n} archivos</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_preview</name>
  <message>
   <source>Frame</source>
   <translation>Fotograma</translation>
  </message>
  <message>
   <source>Scan and export</source>
   <translation>Escaneo y exportación</translation>
  </message>
  <message>
   <source>Last frame written, {frame}</source>
   <translation>Último fotograma escrito, {frame}</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.export_promise</name>
  <message>
   <source>Pixels out are pixels in: the luma is the scan's.</source>
   <translation>Los píxeles que salen son los que entran: la luma es la del escaneo.</translation>
  </message>
  <message>
   <source>Luma and chroma are new; the recovered luma is held, checked on every frame</source>
   <translation>Luma y croma son nuevas; se conserva la luma recuperada, comprobado en cada fotograma</translation>
  </message>
  <message>
   <source>What is sound is the print's own, as its chroma is, checked on every frame</source>
   <translation>Lo sano es de la propia copia, como su croma, comprobado en cada fotograma</translation>
  </message>
  <message>
   <source>Chroma is the scan's, checked on every frame</source>
   <translation>La croma es la del escaneo, comprobada en cada fotograma</translation>
  </message>
  <message>
   <source>Luma is the scan's, checked on every frame</source>
   <translation>La luma es la del escaneo, comprobada en cada fotograma</translation>
  </message>
  <message>
   <source>Recovered luma held</source>
   <translation>Luma recuperada conservada</translation>
  </message>
  <message>
   <source>Sound parts held</source>
   <translation>Partes sanas conservadas</translation>
  </message>
  <message>
   <source>Chroma held</source>
   <translation>Croma conservada</translation>
  </message>
  <message>
   <source>Luma certificate</source>
   <translation>Certificado de luma</translation>
  </message>
  <message>
   <source>Pixels out are pixels in: detail is restored at the size of the scan.</source>
   <translation>Los píxeles que salen son los que entran: el detalle se restaura al tamaño del escaneo.</translation>
  </message>
  <message>
   <source>Mattes of what each colour rests on</source>
   <translation>Máscaras del origen de cada color</translation>
  </message>
  <message>
   <source>One picture a frame beside the results: from the reference, painted with which colour of which source, from a similar picture, or extrapolated. A legend says which colour means what.</source>
   <translation>Una imagen por fotograma junto a los resultados: de la referencia, pintado con qué color y de qué fuente, de una imagen parecida o extrapolado. Una leyenda dice qué significa cada color.</translation>
  </message>
  <message>
   <source>Mattes of where the picture came from</source>
   <translation>Máscaras de la procedencia de la imagen</translation>
  </message>
  <message>
   <source>One picture a frame beside the results: green is the print, blue the telecine, red what the net made. A legend says which colour means what.</source>
   <translation>Una imagen por fotograma junto a los resultados: verde es la copia, azul el telecine, rojo lo que hizo la red. Una leyenda dice qué significa cada color.</translation>
  </message>
  <message>
   <source>In the files luma differs from what was restored by at most {codes} code values, which is their rounding.</source>
   <translation>En los archivos la luma difiere de lo restaurado en {codes} valores de código como mucho: es su redondeo.</translation>
  </message>
  <message>
   <source>In the files luma differs from the scan's by at most {codes} code values, which is their rounding.</source>
   <translation>En los archivos la luma difiere de la del escaneo en {codes} valores de código como máximo: es su redondeo.</translation>
  </message>
  <message>
   <source>{format}: luma differs by at most {codes} code values before the codec.</source>
   <translation>{format}: la luma difiere en {codes} valores de código como máximo antes del códec.</translation>
  </message>
  <message>
   <source>The codec itself changes it by up to {codes}.</source>
   <translation>El propio códec la cambia en hasta {codes}.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.frames</name>
  <message>
   <source>Choose the pairs to learn from. The suggestions are already ticked.</source>
   <translation>Elija los pares de los que aprender. Las sugerencias ya están marcadas.</translation>
  </message>
  <message>
   <source>How the frames are listed</source>
   <translation>Cómo se listan los fotogramas</translation>
  </message>
  <message>
   <source>Nothing is suggested.</source>
   <translation>No hay sugerencias.</translation>
  </message>
  <message>
   <source>picking pairs</source>
   <translation>elegir pares</translation>
  </message>
  <message>
   <source>using a doubtful frame</source>
   <translation>usar un fotograma dudoso</translation>
  </message>
  <message>
   <source>The suggestions cannot be read. Align the films anew.</source>
   <translation>No se pueden leer las sugerencias. Alinee de nuevo las películas.</translation>
  </message>
  <message>
   <source>dropping a pair</source>
   <translation>quitar un par</translation>
  </message>
  <message>
   <source>not holding a frame out</source>
   <translation>no reservar un fotograma</translation>
  </message>
  <message>
   <source>a stroke</source>
   <translation>un trazo</translation>
  </message>
  <message>
   <source>By shot</source>
   <translation>Por plano</translation>
  </message>
  <message>
   <source>In time</source>
   <translation>En el tiempo</translation>
  </message>
  <message>
   <source>Suggested only</source>
   <translation>Solo sugeridos</translation>
  </message>
  <message>
   <source>The suggestions come when the films are aligned.</source>
   <translation>Las sugerencias llegan cuando las películas están alineadas.</translation>
  </message>
  <message>
   <source>Reading the suggestions</source>
   <translation>Leyendo las sugerencias</translation>
  </message>
  <message>
   <source>picking a pair</source>
   <translation>elegir un par</translation>
  </message>
  <message>
   <source>holding a frame out</source>
   <translation>reservar un fotograma</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.frames_choice</name>
  <message>
   <source>Shot {number}</source>
   <translation>Plano {number}</translation>
  </message>
  <message>
   <source>nothing picked here yet</source>
   <translation>nada elegido aquí aún</translation>
  </message>
  <message>
   <source>covers {colours}</source>
   <translation>cubre {colours}</translation>
  </message>
  <message>
   <source>red</source>
   <translation>rojo</translation>
  </message>
  <message>
   <source>dark red</source>
   <translation>rojo oscuro</translation>
  </message>
  <message>
   <source>orange</source>
   <translation>naranja</translation>
  </message>
  <message>
   <source>brown</source>
   <translation>marrón</translation>
  </message>
  <message>
   <source>skin</source>
   <translation>piel</translation>
  </message>
  <message>
   <source>olive</source>
   <translation>oliva</translation>
  </message>
  <message>
   <source>green</source>
   <translation>verde</translation>
  </message>
  <message>
   <source>dark green</source>
   <translation>verde oscuro</translation>
  </message>
  <message>
   <source>turquoise</source>
   <translation>turquesa</translation>
  </message>
  <message>
   <source>sky blue</source>
   <translation>azul cielo</translation>
  </message>
  <message>
   <source>blue</source>
   <translation>azul</translation>
  </message>
  <message>
   <source>dark blue</source>
   <translation>azul oscuro</translation>
  </message>
  <message>
   <source>violet</source>
   <translation>violeta</translation>
  </message>
  <message>
   <source>pink</source>
   <translation>rosa</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.frames_damage</name>
  <message>
   <source>What is shown of the frame</source>
   <translation>Qué se muestra del fotograma</translation>
  </message>
  <message>
   <source>What the brush says</source>
   <translation>Qué dice el pincel</translation>
  </message>
  <message>
   <source>Paint what is damaged: it is repaired. Wheel, [ and ]: size, Ctrl and wheel: zoom</source>
   <translation>Pinte lo que está dañado: se repara. Rueda, [ y ]: tamaño, Ctrl y rueda: ampliación</translation>
  </message>
  <message>
   <source>Paint what is sound: the print stays as it is there</source>
   <translation>Pinte lo que está sano: allí la copia queda como está</translation>
  </message>
  <message>
   <source>Looking for the damage of this frame</source>
   <translation>Buscando los daños de este fotograma</translation>
  </message>
  <message>
   <source>The damage of this frame cannot be found</source>
   <translation>No se pueden encontrar los daños de este fotograma</translation>
  </message>
  <message>
   <source>Take back the last stroke</source>
   <translation>Deshacer el último trazo</translation>
  </message>
  <message>
   <source>Do it again</source>
   <translation>Rehacerlo</translation>
  </message>
  <message>
   <source>Pair</source>
   <translation>Par</translation>
  </message>
  <message>
   <source>Damage map</source>
   <translation>Mapa de daños</translation>
  </message>
  <message>
   <source>Damage</source>
   <translation>Daño</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.frames_pair</name>
  <message>
   <source>Scan and target of the pair</source>
   <translation>Escaneo y objetivo del par</translation>
  </message>
  <message>
   <source>Telecine</source>
   <translation>Telecine</translation>
  </message>
  <message>
   <source>Damage in red</source>
   <translation>Daños en rojo</translation>
  </message>
  <message>
   <source>Figures of the pair</source>
   <translation>Cifras del par</translation>
  </message>
  <message>
   <source>Back to the frames</source>
   <translation>Volver a los fotogramas</translation>
  </message>
  <message>
   <source>Use for training</source>
   <translation>Usar para entrenar</translation>
  </message>
  <message>
   <source>Hold out</source>
   <translation>Reservar</translation>
  </message>
  <message>
   <source>Do not use it</source>
   <translation>No usarlo</translation>
  </message>
  <message>
   <source>Do not hold out</source>
   <translation>No reservar</translation>
  </message>
  <message>
   <source>{misfit} px</source>
   <translation>{misfit} px</translation>
  </message>
  <message>
   <source>Alignment</source>
   <translation>Alineación</translation>
  </message>
  <message>
   <source>Pair agreement</source>
   <translation>Concordancia del par</translation>
  </message>
  <message>
   <source>Masked</source>
   <translation>Enmascarado</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.frames_words</name>
  <message>
   <source>Not covered yet: {stretches}, {frames}.</source>
   <translation>Sin cubrir aún: {stretches}, {frames}.</translation>
  </message>
  <message numerus="yes">
   <source>{n} pairs cover</source>
   <extracomment>for one: {n} pair covers</extracomment>
   <translation>
    <numerusform>{n} par cubre</numerusform>
    <numerusform>{n} pares cubren</numerusform>
   </translation>
  </message>
  <message>
   <source>{covers} of {of} frames of {shot}</source>
   <translation>{covers} de {of} fotogramas de {shot}</translation>
  </message>
  <message>
   <source>Covers {shots}, {frames} that no picked pair is like.</source>
   <translation>Cubre {shots}, {frames} sin nada parecido entre los elegidos.</translation>
  </message>
  <message>
   <source>The picked pairs cover the whole film.</source>
   <translation>Los pares elegidos cubren toda la película.</translation>
  </message>
  <message>
   <source>The next suggestion, {frame}, would cover {shots} and {frames}.</source>
   <translation>La siguiente sugerencia, {frame}, cubriría {shots} y {frames}.</translation>
  </message>
  <message>
   <source>Ready: {pairs} {share} of the film</source>
   <translation>Listo: {pairs} {share} de la película</translation>
  </message>
  <message>
   <source>Ready: {pairs} {share} of the film's colours</source>
   <translation>Listo: {pairs} {share} de los colores de la película</translation>
  </message>
  <message numerus="yes">
   <source>{n} frames chosen</source>
   <extracomment>for one: {n} frame chosen</extracomment>
   <translation>
    <numerusform>{n} fotograma escogido</numerusform>
    <numerusform>{n} fotogramas escogidos</numerusform>
   </translation>
  </message>
  <message>
   <source>Why it is suggested</source>
   <translation>Por qué se sugiere</translation>
  </message>
  <message>
   <source>Covers {frames}.</source>
   <translation>Cubre {frames}.</translation>
  </message>
  <message>
   <source>Picked by you</source>
   <translation>Elegido por usted</translation>
  </message>
  <message>
   <source>What it adds</source>
   <translation>Qué añade</translation>
  </message>
  <message>
   <source>Covers {colour}: {shots}, {frames} that no picked pair is like.</source>
   <translation>Cubre {colour}: {shots}, {frames} sin nada parecido entre los elegidos.</translation>
  </message>
  <message numerus="yes">
   <source>{n} stretches</source>
   <extracomment>for one: {n} stretch</extracomment>
   <translation>
    <numerusform>{n} tramo</numerusform>
    <numerusform>{n} tramos</numerusform>
   </translation>
  </message>
  <message>
   <source>The next suggestion, {frame}, would cover {shots} and {frames} ({colour}).</source>
   <translation>La siguiente sugerencia, {frame}, cubriría {shots} y {frames} ({colour}).</translation>
  </message>
  <message>
   <source>No pair can be made of it</source>
   <translation>No puede formar un par</translation>
  </message>
  <message>
   <source>The reference does not have this frame.</source>
   <translation>La referencia no tiene este fotograma.</translation>
  </message>
  <message>
   <source>Flagged in Review.</source>
   <translation>Marcado en Revisar.</translation>
  </message>
  <message>
   <source>Why it is held out</source>
   <translation>Por qué se reserva</translation>
  </message>
  <message>
   <source>Stands for {frames}, and is never learnt from.</source>
   <translation>Representa {frames} y nunca se aprende de él.</translation>
  </message>
  <message>
   <source>Covers {colour}: {frames}.</source>
   <translation>Cubre {colour}: {frames}.</translation>
  </message>
  <message>
   <source>Held out by you</source>
   <translation>Reservado por usted</translation>
  </message>
  <message>
   <source>Never learnt from: the result is measured on it.</source>
   <translation>Nunca se aprende de él: sirve para medir el resultado.</translation>
  </message>
  <message numerus="yes">
   <source>It stands for {n} frames of the film.</source>
   <extracomment>for one: It stands for {n} frame of the film.</extracomment>
   <translation>
    <numerusform>Representa {n} fotograma de la película.</numerusform>
    <numerusform>Representa {n} fotogramas de la película.</numerusform>
   </translation>
  </message>
  <message>
   <source>Picked pairs cover it already.</source>
   <translation>Los pares elegidos ya lo cubren.</translation>
  </message>
  <message>
   <source>Its shot has no better frame. Look under the wipe: do both show the same?</source>
   <translation>Su plano no tiene otro mejor. Mire bajo la cortinilla: ¿muestran los dos lo mismo?</translation>
  </message>
  <message>
   <source>It stays out of training until you confirm it. Look under the wipe: do both show the same?</source>
   <translation>Queda fuera del entrenamiento hasta que lo confirme. Mire bajo la cortinilla: ¿muestran lo mismo?</translation>
  </message>
  <message>
   <source>The result reaches only {near} dB here.</source>
   <translation>El resultado solo llega aquí a {near} dB.</translation>
  </message>
  <message>
   <source>The result is {error} off here.</source>
   <translation>El resultado difiere {error} aquí.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes</name>
  <message>
   <source>Give colour to a few frames. The brush changes colour only, never shape or brightness.</source>
   <translation>Dé color a unos pocos fotogramas. El pincel solo cambia el color, nunca la forma ni el brillo.</translation>
  </message>
  <message>
   <source>Frame {frame}, {shot}</source>
   <translation>Fotograma {frame}, {shot}</translation>
  </message>
  <message>
   <source>Pick from a picture</source>
   <translation>Tomar de una imagen</translation>
  </message>
  <message>
   <source>Wait a moment: {what}.</source>
   <translation>{what}; espere.</translation>
  </message>
  <message>
   <source>Import painted frames</source>
   <translation>Importar fotogramas pintados</translation>
  </message>
  <message>
   <source>learning from shots that kept their colour</source>
   <translation>aprender de planos que conservan su color</translation>
  </message>
  <message>
   <source>Accept or discard the suggestion first.</source>
   <translation>Antes, acepte o descarte lo sugerido.</translation>
  </message>
  <message>
   <source>Add a colour first, or pick one.</source>
   <translation>Añada antes un color o tome uno.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_canvas</name>
  <message>
   <source>{n} px</source>
   <translation>{n} px</translation>
  </message>
  <message>
   <source>The frame to paint on</source>
   <translation>El fotograma que se pinta</translation>
  </message>
  <message>
   <source>The keyframe</source>
   <translation>El fotograma clave</translation>
  </message>
  <message>
   <source>Pick from a picture…</source>
   <translation>Tomar de una imagen...</translation>
  </message>
  <message>
   <source>Back to the frame</source>
   <translation>Volver al fotograma</translation>
  </message>
  <message>
   <source>How the frame is shown</source>
   <translation>Cómo se muestra el fotograma</translation>
  </message>
  <message>
   <source>Hardness</source>
   <translation>Dureza</translation>
  </message>
  <message>
   <source>Reach</source>
   <translation>Alcance</translation>
  </message>
  <message>
   <source>Painted</source>
   <translation>Pintado</translation>
  </message>
  <message>
   <source>Strokes only</source>
   <translation>Solo trazos</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_colouring</name>
  <message>
   <source>changing a colour</source>
   <translation>cambiar un color</translation>
  </message>
  <message>
   <source>adding a colour</source>
   <translation>añadir un color</translation>
  </message>
  <message>
   <source>this film, frame {frame}</source>
   <translation>esta película, fotograma {frame}</translation>
  </message>
  <message>
   <source>removing a colour</source>
   <translation>quitar un color</translation>
  </message>
  <message>
   <source>Colour {n}</source>
   <translation>Color {n}</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_colours</name>
  <message>
   <source>Name and colour</source>
   <translation>Nombre y color</translation>
  </message>
  <message>
   <source>Kind of source</source>
   <translation>Tipo de fuente</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Fuente</translation>
  </message>
  <message>
   <source>An assumption. Say so in the record.</source>
   <translation>Suposición: constará en el registro.</translation>
  </message>
  <message>
   <source>Where does “{colour}” come from?</source>
   <translation>¿De dónde viene «{colour}»?</translation>
  </message>
  <message>
   <source>Colours in this keyframe</source>
   <translation>Colores del fotograma</translation>
  </message>
  <message>
   <source>Add a colour…</source>
   <translation>Añadir un color...</translation>
  </message>
  <message>
   <source>Colour from similar pictures…</source>
   <translation>Color de imágenes parecidas...</translation>
  </message>
  <message>
   <source>No colours yet. Add one, or pick one from the film or from a picture.</source>
   <translation>Aún sin colores. Añada o tome uno.</translation>
  </message>
  <message>
   <source>Not in this keyframe</source>
   <translation>No están en el fotograma</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Colores</translation>
  </message>
  <message numerus="yes">
   <source>{n} used</source>
   <extracomment>for one: {n} used</extracomment>
   <translation>
    <numerusform>{n} usado</numerusform>
    <numerusform>{n} usados</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_listing</name>
  <message>
   <source>This frame of the scan is another one than was painted on. Its colour is not shown.</source>
   <translation>No es el que se pintó: color oculto.</translation>
  </message>
  <message>
   <source>What was painted on this frame cannot be read. It is left as it is.</source>
   <translation>No se puede leer lo que se pintó en este fotograma. Se deja como está.</translation>
  </message>
  <message>
   <source>ready</source>
   <translation>listo</translation>
  </message>
  <message>
   <source>not in the scan any more</source>
   <translation>ya no está en el escaneo</translation>
  </message>
  <message>
   <source>the scan has another frame here now</source>
   <translation>el escaneo tiene aquí otro fotograma</translation>
  </message>
  <message>
   <source>Go to {frame}</source>
   <translation>Ir al {frame}</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_mixing</name>
  <message>
   <source>Hue and saturation</source>
   <translation>Tono y saturación</translation>
  </message>
  <message>
   <source>hue {hue}°, saturation {saturation}</source>
   <translation>tono {hue}°, saturación {saturation}</translation>
  </message>
  <message>
   <source>Name of the colour</source>
   <translation>Nombre del color</translation>
  </message>
  <message>
   <source>What it is of: hair, sky, uniform</source>
   <translation>De qué es: pelo, cielo, uniforme</translation>
  </message>
  <message>
   <source>How light</source>
   <translation>Claridad</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Quitar</translation>
  </message>
  <message>
   <source>It is used: rub it out of the keyframes first.</source>
   <translation>Está en uso: bórrelo antes de los fotogramas clave.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_proposing</name>
  <message>
   <source>Like {picture}</source>
   <translation>Como {picture}</translation>
  </message>
  <message>
   <source>Similar pictures</source>
   <translation>Imágenes parecidas</translation>
  </message>
  <message>
   <source>Looking for what this frame is like. You can paint meanwhile.</source>
   <translation>Buscando a qué se parece este fotograma. Mientras, puede pintar.</translation>
  </message>
  <message>
   <source>Stills, lobby cards or paintings that show such things in good colour. A note beside each says where it comes from.</source>
   <translation>Fotos fijas, fotocromos o pinturas de cosas así con buen color, cada una con una nota de su fuente.</translation>
  </message>
  <message>
   <source>Pictures in {folder}</source>
   <translation>Imágenes de {folder}</translation>
  </message>
  <message>
   <source>Shots of this film</source>
   <translation>Planos de esta película</translation>
  </message>
  <message>
   <source>accepting colour from pictures</source>
   <translation>aceptar color de imágenes</translation>
  </message>
  <message>
   <source>asking for colour</source>
   <translation>pedir color</translation>
  </message>
  <message>
   <source>your choice</source>
   <translation>a mano</translation>
  </message>
  <message>
   <source>choosing similar pictures</source>
   <translation>elegir imágenes parecidas</translation>
  </message>
  <message>
   <source>learning from similar pictures</source>
   <translation>aprender de imágenes parecidas</translation>
  </message>
  <message>
   <source>likely</source>
   <translation>probable</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_similar</name>
  <message>
   <source>Like {picture}, {words}</source>
   <translation>Como {picture}, {words}</translation>
  </message>
  <message>
   <source>From similar pictures</source>
   <translation>De imágenes parecidas</translation>
  </message>
  <message>
   <source>Back to the colours</source>
   <translation>Volver a los colores</translation>
  </message>
  <message>
   <source>Choose a folder…</source>
   <translation>Elegir una carpeta...</translation>
  </message>
  <message>
   <source>Choose another folder…</source>
   <translation>Elegir otra carpeta...</translation>
  </message>
  <message>
   <source>Also shots that kept their colour</source>
   <translation>Y planos con buen color</translation>
  </message>
  <message>
   <source>Learn from these straight, without keyframes</source>
   <translation>Aprender solo de estas</translation>
  </message>
  <message>
   <source>The pictures are faded as this print is, and the way back is learnt. Keyframes are then held out, and tell how good that is. The result says that it comes from similar pictures.</source>
   <translation>Las imágenes se desvaen como esta copia y se aprende el camino de vuelta. Los fotogramas clave se reservan y dicen cómo de bueno es. El resultado dice que viene de imágenes parecidas.</translation>
  </message>
  <message>
   <source>Propose colour for this frame</source>
   <translation>Proponer color aquí</translation>
  </message>
  <message>
   <source>Accept what is ticked</source>
   <translation>Aceptar lo marcado</translation>
  </message>
  <message>
   <source>Another patch</source>
   <translation>Otro fragmento</translation>
  </message>
  <message>
   <source>Choose the patch yourself</source>
   <translation>Elegir usted el fragmento</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_strip</name>
  <message>
   <source>Import painted frames…</source>
   <translation>Importar fotogramas pintados...</translation>
  </message>
  <message>
   <source>Pictures of frames that were painted elsewhere: PSD, TIFF, PNG, EXR. Only their colour is taken.</source>
   <translation>Imágenes de fotogramas pintados en otro programa: PSD, TIFF, PNG, EXR. Solo se toma su color.</translation>
  </message>
  <message>
   <source>Carry the colour to the previous frame, as a suggestion</source>
   <translation>Llevar el color al fotograma anterior, como sugerencia</translation>
  </message>
  <message>
   <source>Carry the colour to the next frame, as a suggestion</source>
   <translation>Llevar el color al fotograma siguiente, como sugerencia</translation>
  </message>
  <message>
   <source>Use it on this frame all the same</source>
   <translation>Usarlo aun así en este fotograma</translation>
  </message>
  <message>
   <source>Paint this next</source>
   <translation>Pinte ahora este</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Aceptar</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Descartar</translation>
  </message>
  <message>
   <source>Carry the colour on</source>
   <translation>Llevar el color</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_taking</name>
  <message numerus="yes">
   <source>{n} keyframes were made</source>
   <extracomment>for one: {n} keyframe was made</extracomment>
   <translation>
    <numerusform>Se hizo {n} fotograma clave</numerusform>
    <numerusform>Se hicieron {n} fotogramas clave</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} pictures were not taken</source>
   <extracomment>for one: {n} picture was not taken</extracomment>
   <translation>
    <numerusform>{n} imagen no aceptada</numerusform>
    <numerusform>{n} imágenes no aceptadas</numerusform>
   </translation>
  </message>
  <message>
   <source>Take a look at what was assumed</source>
   <translation>Mire lo que se ha supuesto</translation>
  </message>
  <message>
   <source>I have read it</source>
   <translation>Lo he leído</translation>
  </message>
  <message>
   <source>Taking pictures</source>
   <translation>Tomando imágenes</translation>
  </message>
  <message>
   <source>importing painted frames</source>
   <translation>importar fotogramas pintados</translation>
  </message>
  <message>
   <source>Following the movement</source>
   <translation>Siguiendo el movimiento</translation>
  </message>
  <message numerus="yes">
   <source>and {n} more; the report names all</source>
   <extracomment>for one: and {n} more; the report names all</extracomment>
   <translation>
    <numerusform>y {n} más; el informe las nombra todas</numerusform>
    <numerusform>y {n} más; el informe las nombra todas</numerusform>
   </translation>
  </message>
  <message>
   <source>Paint this frame first: there is no colour to carry on.</source>
   <translation>Pinte antes: no hay color que llevar.</translation>
  </message>
  <message>
   <source>Taking pictures: {done} of {total}</source>
   <translation>Tomando imágenes: {done} de {total}</translation>
  </message>
  <message>
   <source>Nothing of this frame is found again there.</source>
   <translation>Nada de este fotograma aparece allí.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.keyframes_tools</name>
  <message>
   <source>Scribble</source>
   <translation>Garabato</translation>
  </message>
  <message>
   <source>Brush</source>
   <translation>Pincel</translation>
  </message>
  <message>
   <source>Fill</source>
   <translation>Relleno</translation>
  </message>
  <message>
   <source>Lasso</source>
   <translation>Lazo</translation>
  </message>
  <message>
   <source>Pick</source>
   <translation>Tomar</translation>
  </message>
  <message>
   <source>Eraser</source>
   <translation>Goma</translation>
  </message>
  <message>
   <source>A few lines in an object: the colour spreads as far as its edges</source>
   <translation>Unas líneas en un objeto: el color se extiende hasta sus bordes</translation>
  </message>
  <message>
   <source>Colour where you paint. Wheel: size, Shift and wheel: hardness, Ctrl and wheel: zoom</source>
   <translation>Color donde pinta. Rueda: tamaño; Mayús y rueda: dureza; Ctrl y rueda: zoom</translation>
  </message>
  <message>
   <source>Click on an object: the colour grows over it. Wheel: how far</source>
   <translation>Haga clic en un objeto: el color crece por él. Rueda: hasta dónde</translation>
  </message>
  <message>
   <source>Colour all that you draw round</source>
   <translation>Da color a todo lo que rodee</translation>
  </message>
  <message>
   <source>Take a colour from the film or from any picture</source>
   <translation>Toma un color de la película o de cualquier imagen</translation>
  </message>
  <message>
   <source>Take colour away. Wheel: size, Shift and wheel: hardness</source>
   <translation>Quita color. Rueda: tamaño; Mayús y rueda: dureza</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Herramientas</translation>
  </message>
  <message>
   <source>{what}  ({key})</source>
   <translation>{what}  ({key})</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media</name>
  <message>
   <source>From the better element</source>
   <translation>Del elemento mejor</translation>
  </message>
  <message>
   <source>Elements and rights: what each film is, who holds it, and whether it may be used.</source>
   <translation>Elementos y derechos: qué es cada película, quién la conserva y si puede usarse.</translation>
  </message>
  <message>
   <source>Check what was read from the files. Anything marked “guessed” needs your eye once.</source>
   <translation>Compruebe lo leído de los archivos. Lo marcado «supuesto» pide su mirada una vez.</translation>
  </message>
  <message>
   <source>{n} of {all} filled in</source>
   <translation>{n} de {all} rellenados</translation>
  </message>
  <message>
   <source>elements and rights</source>
   <translation>elementos y derechos</translation>
  </message>
  <message>
   <source>Elements and rights</source>
   <translation>Elementos y derechos</translation>
  </message>
  <message>
   <source>Back to the films</source>
   <translation>Volver a las películas</translation>
  </message>
  <message>
   <source>Detail only</source>
   <translation>Solo el detalle</translation>
  </message>
  <message>
   <source>Detail and colour</source>
   <translation>Detalle y color</translation>
  </message>
  <message>
   <source>what is taken from the better element</source>
   <translation>lo que se toma del elemento mejor</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media_area</name>
  <message>
   <source>the live area</source>
   <translation>el área de imagen</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media_drop</name>
  <message>
   <source>Drop the scan here</source>
   <translation>Suelte aquí el escaneo</translation>
  </message>
  <message>
   <source>A folder of DPX, EXR or TIFF frames, one frame of it, or a video file.</source>
   <translation>Una carpeta de fotogramas DPX, EXR o TIFF, uno de ellos o un archivo de vídeo.</translation>
  </message>
  <message>
   <source>Drop the reference here</source>
   <translation>Suelte aquí la referencia</translation>
  </message>
  <message>
   <source>Choose a folder...</source>
   <translation>Elegir una carpeta...</translation>
  </message>
  <message>
   <source>Choose a file...</source>
   <translation>Elegir un archivo...</translation>
  </message>
  <message>
   <source>Reading headers</source>
   <translation>Leyendo cabeceras</translation>
  </message>
  <message>
   <source>Every frame's header is looked at before the film is taken.</source>
   <translation>Se mira la cabecera de cada fotograma antes de aceptar la película.</translation>
  </message>
  <message>
   <source>The scan is not where it was</source>
   <translation>El escaneo no está donde estaba</translation>
  </message>
  <message>
   <source>The reference is not where it was</source>
   <translation>La referencia no está donde estaba</translation>
  </message>
  <message>
   <source>It was at {place}. Connect the drive, drop it here, or show where it is now.</source>
   <translation>Estaba en {place}. Conecte la unidad, suéltelo aquí o indique dónde está ahora.</translation>
  </message>
  <message>
   <source>Show its folder...</source>
   <translation>Indicar su carpeta...</translation>
  </message>
  <message>
   <source>Show its file...</source>
   <translation>Indicar su archivo...</translation>
  </message>
  <message>
   <source>It is only ever read.</source>
   <translation>Solo se lee, siempre.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media_elements</name>
  <message>
   <source>print</source>
   <translation>copia</translation>
  </message>
  <message>
   <source>negative</source>
   <translation>negativo</translation>
  </message>
  <message>
   <source>internegative</source>
   <translation>internegativo</translation>
  </message>
  <message>
   <source>interpositive</source>
   <translation>interpositivo</translation>
  </message>
  <message>
   <source>reversal</source>
   <translation>reversible</translation>
  </message>
  <message>
   <source>telecine</source>
   <translation>telecine</translation>
  </message>
  <message>
   <source>tape</source>
   <translation>cinta</translation>
  </message>
  <message>
   <source>disc</source>
   <translation>disco</translation>
  </message>
  <message>
   <source>file</source>
   <translation>archivo</translation>
  </message>
  <message>
   <source>photograph</source>
   <translation>fotografía</translation>
  </message>
  <message>
   <source>painting</source>
   <translation>pintura</translation>
  </message>
  <message>
   <source>All of it is optional. It goes into the report, the record and the model; what is missing is named there.</source>
   <translation>Todo es opcional. Va al informe, al registro y al modelo; lo que falta se nombra allí.</translation>
  </message>
  <message>
   <source>Painted and similar pictures say theirs in the note beside each.</source>
   <translation>Las imágenes pintadas y parecidas lo dicen en la nota junto a cada una.</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Tipo</translation>
  </message>
  <message>
   <source>print, internegative, disc</source>
   <translation>copia, internegativo, disco</translation>
  </message>
  <message>
   <source>Gauge</source>
   <translation>Formato</translation>
  </message>
  <message>
   <source>Generation</source>
   <translation>Generación</translation>
  </message>
  <message>
   <source>2nd, from the internegative</source>
   <translation>2.ª, del internegativo</translation>
  </message>
  <message>
   <source>Holder</source>
   <translation>Conservado en</translation>
  </message>
  <message>
   <source>who keeps it</source>
   <translation>quién lo guarda</translation>
  </message>
  <message>
   <source>Identifier</source>
   <translation>Identificador</translation>
  </message>
  <message>
   <source>shelf mark or inventory number</source>
   <translation>signatura o n.º de inventario</translation>
  </message>
  <message>
   <source>Condition</source>
   <translation>Estado</translation>
  </message>
  <message>
   <source>faded, scratched, shrunk</source>
   <translation>desvaída, rayada, encogida</translation>
  </message>
  <message>
   <source>Year</source>
   <translation>Año</translation>
  </message>
  <message>
   <source>Authorised by</source>
   <translation>Autorizado por</translation>
  </message>
  <message>
   <source>who allowed its use, and when</source>
   <translation>quién permitió su uso, y cuándo</translation>
  </message>
  <message>
   <source>Terms</source>
   <translation>Condiciones</translation>
  </message>
  <message>
   <source>what it may be used for</source>
   <translation>para qué puede usarse</translation>
  </message>
  <message>
   <source>Institution</source>
   <translation>Institución</translation>
  </message>
  <message>
   <source>Archivist</source>
   <translation>Archivista</translation>
  </message>
  <message>
   <source>who answers for it</source>
   <translation>quién responde de ello</translation>
  </message>
  <message>
   <source>Who worked on it</source>
   <translation>Quién trabajó</translation>
  </message>
  <message>
   <source>What was wrong</source>
   <translation>Qué le pasaba</translation>
  </message>
  <message>
   <source>with the film, in your words</source>
   <translation>a la película, con sus palabras</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Notas</translation>
  </message>
  <message>
   <source>anything that the report shall say</source>
   <translation>lo que el informe deba decir</translation>
  </message>
  <message>
   <source>Show the usual words</source>
   <translation>Mostrar las palabras usuales</translation>
  </message>
  <message>
   <source>Use for training, {title}</source>
   <translation>Uso para entrenar, {title}</translation>
  </message>
  <message>
   <source>As in the last project: {who}</source>
   <translation>Como en el último proyecto: {who}</translation>
  </message>
  <message>
   <source>Nothing is trained on this film.</source>
   <translation>Con esta película no se entrena nada.</translation>
  </message>
  <message>
   <source>People and trouble</source>
   <translation>Personas y problema</translation>
  </message>
  <message>
   <source>Not said</source>
   <translation>Sin decir</translation>
  </message>
  <message>
   <source>Allowed</source>
   <translation>Permitido</translation>
  </message>
  <message>
   <source>Not allowed</source>
   <translation>No permitido</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media_player</name>
  <message>
   <source>Live area as found</source>
   <translation>Área de imagen hallada</translation>
  </message>
  <message>
   <source>Replace...</source>
   <translation>Cambiar...</translation>
  </message>
  <message>
   <source>{film}: Replace...</source>
   <translation>{film}: cambiar...</translation>
  </message>
  <message>
   <source>Choose the scan</source>
   <translation>Elegir el escaneo</translation>
  </message>
  <message>
   <source>Choose the reference</source>
   <translation>Elegir la referencia</translation>
  </message>
  <message>
   <source>Picture: {film}</source>
   <translation>Imagen: {film}</translation>
  </message>
  <message>
   <source>Drop to look at it; it takes the place of this film</source>
   <translation>Suelte para mirarla; ocupa el lugar de esta película</translation>
  </message>
  <message>
   <source>Black bars: only the picture between them is used</source>
   <translation>Bandas negras: solo se usa la imagen entre ellas</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media_screen</name>
  <message>
   <source>Frame {name} cannot be read</source>
   <translation>El fotograma {name} no se puede leer</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media_table</name>
  <message>
   <source>{what} of the scan</source>
   <translation>{what} del escaneo</translation>
  </message>
  <message>
   <source>{what} of the reference</source>
   <translation>{what} de la referencia</translation>
  </message>
  <message>
   <source>What was read</source>
   <translation>Lo leído</translation>
  </message>
  <message>
   <source>Show all rows</source>
   <translation>Mostrar todas las filas</translation>
  </message>
  <message>
   <source>Show fewer rows</source>
   <translation>Mostrar menos filas</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.media_words</name>
  <message>
   <source>Choose the scan, and a reference that shows the same film in good colour.</source>
   <translation>Elija el escaneo y una referencia que muestre la misma película con buen color.</translation>
  </message>
  <message>
   <source>The same film in good colour: a DVD folder, a telecine, a broadcast.</source>
   <translation>La misma película con buen color: una carpeta de DVD, un telecine, una emisión.</translation>
  </message>
  <message>
   <source>Choose the scan. Its colours will come from frames that you paint, or from pictures.</source>
   <translation>Elija el escaneo. Sus colores vendrán de fotogramas que pinte o de imágenes.</translation>
  </message>
  <message>
   <source>Choose the scan of the print, and the telecine that was made before the damage.</source>
   <translation>Elija el escaneo de la copia y el telecine que se hizo antes del daño.</translation>
  </message>
  <message>
   <source>Choose the scan, and the better element: a part of the same film, sharper and in good colour.</source>
   <translation>Elija el escaneo y el elemento mejor: una parte de la misma película, más nítida y con buen color.</translation>
  </message>
  <message>
   <source>Choose the scan, and the better element: a part of the same film in a better gauge or generation.</source>
   <translation>Elija el escaneo y el elemento mejor: una parte de la misma película en mejor paso o generación.</translation>
  </message>
  <message>
   <source>The same film before the damage: a telecine on tape, DVD or file.</source>
   <translation>La misma película antes del daño: un telecine en cinta, DVD o archivo.</translation>
  </message>
  <message>
   <source>Some of the same shots in a better gauge or generation: a negative, a fine-grain, a better print.</source>
   <translation>Algunos de los mismos planos en mejor paso o generación: un negativo, un lavender, una copia mejor.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.pager</name>
  <message>
   <source>{this} of {all}</source>
   <translation>{this} de {all}</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.recovery</name>
  <message>
   <source>Coming in a later version</source>
   <translation>En una versión posterior</translation>
  </message>
  <message>
   <source>Experimental</source>
   <translation>Experimental</translation>
  </message>
  <message>
   <source>What is the trouble with this film?</source>
   <translation>¿Qué le pasa a esta película?</translation>
  </message>
  <message>
   <source>Choose the nearest. It decides which steps follow; you can change it later.</source>
   <translation>Elija lo más parecido. Decide los pasos que siguen; puede cambiarlo después.</translation>
  </message>
  <message>
   <source>Colour, with a reference</source>
   <translation>Color, con una referencia</translation>
  </message>
  <message>
   <source>The scan has faded, but another copy still has its colour: a DVD, a telecine, a better print.</source>
   <translation>El escaneo está desvaído, pero otra copia conserva su color: un DVD, un telecine, una copia mejor.</translation>
  </message>
  <message>
   <source>You need: the scan, and that copy. It may be small, cropped or subtitled.</source>
   <translation>Necesita: el escaneo y esa copia. Puede ser pequeña, recortada o subtitulada.</translation>
  </message>
  <message>
   <source>Colour, without a reference</source>
   <translation>Color, sin referencia</translation>
  </message>
  <message>
   <source>No copy in colour is left. You paint some frames, or take colours from pictures.</source>
   <translation>No queda copia en color. Se pintan algunos fotogramas o se toman colores de imágenes.</translation>
  </message>
  <message>
   <source>You need: the scan, and a source for every colour you choose.</source>
   <translation>Necesita: el escaneo y una fuente para cada color que elija.</translation>
  </message>
  <message>
   <source>A better element</source>
   <translation>Un elemento mejor</translation>
  </message>
  <message>
   <source>Part of the film survives in a better gauge or generation. Its look is carried to the rest.</source>
   <translation>Parte de la película sobrevive en mejor paso o generación. Su aspecto se lleva al resto.</translation>
  </message>
  <message>
   <source>You need: both elements, with some shots in common. Edges, grain and new detail are estimates.</source>
   <translation>Necesita: ambos elementos, con algunos planos en común. Bordes, grano y detalle nuevo son estimaciones.</translation>
  </message>
  <message>
   <source>A damaged print with an old telecine</source>
   <translation>Una copia dañada con un telecine antiguo</translation>
  </message>
  <message>
   <source>The print is eaten or scratched; a soft telecine from before the damage exists.</source>
   <translation>La copia está comida o rayada; existe un telecine blando anterior al daño.</translation>
  </message>
  <message>
   <source>You need: the print and the telecine. Edges, grain and new detail are estimates.</source>
   <translation>Necesita: la copia y el telecine. Bordes, grano y detalle nuevo son estimaciones.</translation>
  </message>
  <message>
   <source>Name of the project</source>
   <translation>Nombre del proyecto</translation>
  </message>
  <message>
   <source>Steps that follow</source>
   <translation>Pasos que siguen</translation>
  </message>
  <message>
   <source>You can come back to any step at any time.</source>
   <translation>Puede volver a cualquier paso cuando quiera.</translation>
  </message>
  <message>
   <source>choosing the recovery</source>
   <translation>elegir la recuperación</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review</name>
  <message>
   <source>Run {number} of {all}</source>
   <translation>Pasada {number} de {all}</translation>
  </message>
  <message>
   <source>Play it, compare it, and flag what is not right. A flagged frame can be painted.</source>
   <translation>Reproduzca, compare y marque lo que no esté bien. Un fotograma marcado se puede pintar.</translation>
  </message>
  <message>
   <source>Play it, compare it, and flag what is not right. A flagged frame can become a training pair.</source>
   <translation>Reproduzca, compare y marque lo que no esté bien. Un fotograma marcado puede ser un par de entrenamiento.</translation>
  </message>
  <message>
   <source>a flag</source>
   <translation>una marca</translation>
  </message>
  <message>
   <source>adding a flagged frame as a pair</source>
   <translation>añadir un fotograma marcado como par</translation>
  </message>
  <message>
   <source>Measure the shots</source>
   <translation>Medir los planos</translation>
  </message>
  <message>
   <source>compared on held-out frames</source>
   <translation>comparada en fotogramas reservados</translation>
  </message>
  <message>
   <source>The shots are being measured; play the film meanwhile.</source>
   <translation>Se están midiendo los planos; mientras, reproduzca la película.</translation>
  </message>
  <message>
   <source>The shots are not measured yet.</source>
   <translation>Los planos aún no están medidos.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_colour</name>
  <message>
   <source>Shot</source>
   <translation>Plano</translation>
  </message>
  <message>
   <source>Held-out error, ΔE00</source>
   <translation>Error en reservados, ΔE00</translation>
  </message>
  <message>
   <source>Stability</source>
   <translation>Estabilidad</translation>
  </message>
  <message numerus="yes">
   <source>{n} shots, worst first</source>
   <extracomment>for one: {n} shot</extracomment>
   <translation>
    <numerusform>{n} plano, el peor primero</numerusform>
    <numerusform>{n} planos, el peor primero</numerusform>
   </translation>
  </message>
  <message>
   <source>a LUT is as good here</source>
   <translation>aquí una LUT es igual de buena</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_detail</name>
  <message>
   <source>PSNR, dB</source>
   <translation>PSNR, dB</translation>
  </message>
  <message>
   <source>SSIM</source>
   <translation>SSIM</translation>
  </message>
  <message>
   <source>Edges, px</source>
   <translation>Bordes, px</translation>
  </message>
  <message>
   <source>Invented</source>
   <translation>Inventado</translation>
  </message>
  <message>
   <source>a filter is better here</source>
   <translation>aquí un filtro es mejor</translation>
  </message>
  <message>
   <source>a filter is as good here</source>
   <translation>aquí un filtro es igual de bueno</translation>
  </message>
  <message>
   <source>Grain {n} × the print's</source>
   <translation>Grano {n} × el de la copia</translation>
  </message>
  <message>
   <source>Grain {n} × the reference's</source>
   <translation>Grano {n} × el de la referencia</translation>
  </message>
  <message>
   <source>{n} ×</source>
   <translation>{n} ×</translation>
  </message>
  <message>
   <source>{own} px against {wanted}</source>
   <translation>{own} px frente a {wanted}</translation>
  </message>
  <message>
   <source>{share} alike</source>
   <translation>{share} de parecido</translation>
  </message>
  <message>
   <source>denoising is as good here</source>
   <translation>aquí quitar el ruido es igual de bueno</translation>
  </message>
  <message>
   <source>Denoised</source>
   <translation>Sin ruido</translation>
  </message>
  <message>
   <source>What the best linear filter for this film reaches.</source>
   <translation>Lo que alcanza el mejor filtro lineal para esta película.</translation>
  </message>
  <message>
   <source>Structural similarity to the reference: 1 is the same.</source>
   <translation>Parecido de estructura con la referencia: 1 es igual.</translation>
  </message>
  <message>
   <source>How far edges lie beside those of the reference, in pixels of the scan.</source>
   <translation>Cuánto se apartan los bordes de los de la referencia, en píxeles del escaneo.</translation>
  </message>
  <message>
   <source>Part of the picture with structure that neither scan nor reference has. An estimate.</source>
   <translation>Parte de la imagen con estructura que no tienen ni el escaneo ni la referencia. Una estimación.</translation>
  </message>
  <message>
   <source>What a classical tool reaches: the print denoised.</source>
   <translation>Lo que alcanza una herramienta clásica: la copia sin ruido.</translation>
  </message>
  <message>
   <source>Structural similarity to the print where it was hidden: 1 is the same.</source>
   <translation>Similitud estructural con la copia donde se tapó: 1 es igual.</translation>
  </message>
  <message>
   <source>How far edges lie beside those of the print, in pixels of the scan.</source>
   <translation>A qué distancia quedan los bordes de los de la copia, en píxeles del escaneado.</translation>
  </message>
  <message>
   <source>Part of the picture with structure that neither the damaged nor the sound print has. An estimate.</source>
   <translation>Parte de la imagen con estructura que no tiene ni la copia dañada ni la sana. Una estimación.</translation>
  </message>
  <message>
   <source>Grain of the result against that of the reference: 1 is as much.</source>
   <translation>Grano del resultado frente al de la referencia: 1 es lo mismo.</translation>
  </message>
  <message>
   <source>Grain of the repair against that of the print: 1 is as much.</source>
   <translation>Grano de la reparación frente al de la copia: 1 es lo mismo.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_evidence</name>
  <message>
   <source>from the reference</source>
   <translation>de la referencia</translation>
  </message>
  <message>
   <source>painted</source>
   <translation>pintado</translation>
  </message>
  <message>
   <source>its own, kept</source>
   <translation>propio, conservado</translation>
  </message>
  <message>
   <source>extrapolated</source>
   <translation>extrapolado</translation>
  </message>
  <message>
   <source>this print</source>
   <translation>esta copia</translation>
  </message>
  <message>
   <source>neighbours</source>
   <translation>vecinos</translation>
  </message>
  <message>
   <source>net alone</source>
   <translation>solo la red</translation>
  </message>
  <message>
   <source>Here: {parts}</source>
   <translation>Aquí: {parts}</translation>
  </message>
  <message>
   <source>Colour here: {parts}</source>
   <translation>Color: {parts}</translation>
  </message>
  <message>
   <source>{share} {what}</source>
   <translation>{share} {what}</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_invention</name>
  <message>
   <source>Magenta: in neither scan nor reference ({share})</source>
   <translation>Magenta: ni en el escaneo ni en la referencia ({share})</translation>
  </message>
  <message>
   <source>No map here: only frames that were compared have one. A shot in the table leads to such a frame.</source>
   <translation>Aquí no hay mapa: solo lo tienen los fotogramas comparados. Un plano de la tabla lleva a uno de ellos.</translation>
  </message>
  <message>
   <source>Reading the map</source>
   <translation>Leyendo el mapa</translation>
  </message>
  <message>
   <source>The maps come with the figures: the shots are not measured yet.</source>
   <translation>Los mapas llegan con las cifras: los planos aún no se han medido.</translation>
  </message>
  <message>
   <source>No map here: the reference does not have this frame.</source>
   <translation>Aquí no hay mapa: la referencia no tiene este fotograma.</translation>
  </message>
  <message>
   <source>Show what was invented: structure that neither scan nor reference has, by estimate. This frame was not trained on.</source>
   <translation>Mostrar lo inventado: estructura que no tienen ni el escaneo ni la referencia, según estimación. No se entrenó con este fotograma.</translation>
  </message>
  <message>
   <source>The map of this frame cannot be read: measure the shots again.</source>
   <translation>No se puede leer el mapa de este fotograma: mida los planos otra vez.</translation>
  </message>
  <message>
   <source>Dark: not compared</source>
   <translation>Oscuro: sin comparar</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_rows</name>
  <message numerus="yes">
   <source>slight flicker, {n} frames</source>
   <extracomment>for one: slight flicker, {n} frame</extracomment>
   <translation>
    <numerusform>leve parpadeo, {n} fotograma</numerusform>
    <numerusform>leve parpadeo, {n} fotogramas</numerusform>
   </translation>
  </message>
  <message>
   <source>Exact on {exact} of {frames} frames</source>
   <translation>Exacto en {exact} de {frames} fotogramas</translation>
  </message>
  <message>
   <source>too short to tell</source>
   <translation>demasiado corto</translation>
  </message>
  <message>
   <source>steady</source>
   <translation>estable</translation>
  </message>
  <message>
   <source>Exact on {exact} of {frames} looked at</source>
   <translation>Exacto en {exact} de {frames} mirados</translation>
  </message>
  <message>
   <source>The reference has no frame of this shot.</source>
   <translation>La referencia no tiene ningún fotograma de este plano.</translation>
  </message>
  <message>
   <source>Measured on the held-out frames of the shot.</source>
   <translation>Medido en los fotogramas reservados del plano.</translation>
  </message>
  <message>
   <source>No frame of the shot is held out: measured on frames that were not trained on.</source>
   <translation>No hay fotogramas reservados del plano: medido en fotogramas no usados para entrenar.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_scopes</name>
  <message>
   <source>What is shown of the result</source>
   <translation>Qué se muestra del resultado</translation>
  </message>
  <message>
   <source>Nothing of this shot was compared.</source>
   <translation>No se comparó nada de este plano.</translation>
  </message>
  <message>
   <source>Waveform</source>
   <translation>Forma de onda</translation>
  </message>
  <message>
   <source>Vectorscope</source>
   <translation>Vectorscopio</translation>
  </message>
  <message>
   <source>as the print</source>
   <translation>como la copia</translation>
  </message>
  <message>
   <source>as the reference</source>
   <translation>como la referencia</translation>
  </message>
  <message>
   <source>Strength, size and correlation of the grain beside those of the print.</source>
   <translation>Intensidad, tamaño y correlación del grano junto a los de la copia.</translation>
  </message>
  <message>
   <source>Strength, size and correlation of the grain beside those of the reference.</source>
   <translation>Fuerza, tamaño y correlación del grano frente a los de la referencia.</translation>
  </message>
  <message>
   <source>result</source>
   <translation>resultado</translation>
  </message>
  <message>
   <source>RGB, result</source>
   <translation>RGB, resultado</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_table</name>
  <message>
   <source>Shots, worst first</source>
   <translation>Planos, el peor primero</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_tones</name>
  <message>
   <source>Exposure and gamma, for viewing only</source>
   <translation>Exposición y gamma, solo para ver</translation>
  </message>
  <message>
   <source>Exposure</source>
   <translation>Exposición</translation>
  </message>
  <message>
   <source>Gamma</source>
   <translation>Gamma</translation>
  </message>
  <message>
   <source>Viewed at {exposure}, gamma {gamma}</source>
   <translation>Visto a {exposure}, gamma {gamma}</translation>
  </message>
  <message>
   <source>{stops} stops</source>
   <translation>{stops} pasos de diafragma</translation>
  </message>
  <message>
   <source>For viewing only.</source>
   <translation>Solo para ver.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.review_viewer</name>
  <message>
   <source>Scan and result</source>
   <translation>Escaneo y resultado</translation>
  </message>
  <message>
   <source>Compared with</source>
   <translation>Comparada con</translation>
  </message>
  <message>
   <source>How scan and result are compared</source>
   <translation>Cómo se comparan escaneo y resultado</translation>
  </message>
  <message>
   <source>Flag</source>
   <translation>Marcar</translation>
  </message>
  <message>
   <source>Add as training pair</source>
   <translation>Añadir como par de entrenamiento</translation>
  </message>
  <message>
   <source>With the scan</source>
   <translation>Con el escaneo</translation>
  </message>
  <message>
   <source>This frame is a training pair already.</source>
   <translation>Este fotograma ya es un par de entrenamiento.</translation>
  </message>
  <message>
   <source>No pair can be made of this frame: the reference does not have it.</source>
   <translation>No puede formar un par: la referencia no tiene este fotograma.</translation>
  </message>
  <message>
   <source>This frame is doubtful: confirm it in Align first.</source>
   <translation>Este fotograma es dudoso: confírmelo antes en Alinear.</translation>
  </message>
  <message>
   <source>Paint this frame</source>
   <translation>Pintar este fotograma</translation>
  </message>
  <message>
   <source>With the telecine</source>
   <translation>Con el telecine</translation>
  </message>
  <message>
   <source>With the reference</source>
   <translation>Con la referencia</translation>
  </message>
  <message>
   <source>With it denoised</source>
   <translation>Con la copia sin ruido</translation>
  </message>
  <message>
   <source>The scan is not where it was.</source>
   <translation>El escaneo no está donde estaba.</translation>
  </message>
  <message>
   <source>This frame of the result cannot be made now.</source>
   <translation>Este fotograma del resultado no se puede hacer ahora.</translation>
  </message>
  <message>
   <source>Result only</source>
   <translation>Solo resultado</translation>
  </message>
  <message>
   <source>Flagged</source>
   <translation>Marcado</translation>
  </message>
  <message>
   <source>With the filter</source>
   <translation>Con el filtro</translation>
  </message>
  <message>
   <source>With the LUT</source>
   <translation>Con la LUT</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train</name>
  <message numerus="yes">
   <source>{n} steps more, beginning with what this run has learnt</source>
   <extracomment>for one: {n} step more, beginning with what this run has learnt</extracomment>
   <translation>
    <numerusform>{n} paso más, desde lo aprendido en esta pasada</numerusform>
    <numerusform>{n} pasos más, desde lo aprendido en esta pasada</numerusform>
   </translation>
  </message>
  <message>
   <source>Run {number} is used for Review and Export</source>
   <translation>La pasada {number} se usa para Revisar y Exportar</translation>
  </message>
  <message>
   <source>Another step is at work; training can begin after it</source>
   <translation>Otro paso está trabajando; después podrá empezar el entrenamiento</translation>
  </message>
  <message>
   <source>As before, beginning with what this run has learnt</source>
   <translation>Como antes, desde lo aprendido en esta pasada</translation>
  </message>
  <message>
   <source>Preparing the training</source>
   <translation>Preparando el entrenamiento</translation>
  </message>
  <message>
   <source>Ending with what it has learnt</source>
   <translation>Terminando con lo aprendido</translation>
  </message>
  <message>
   <source>training</source>
   <translation>el entrenamiento</translation>
  </message>
  <message>
   <source>Ends this training with what it has learnt; the next one follows</source>
   <translation>Acaba este entrenamiento con lo aprendido; sigue el siguiente</translation>
  </message>
  <message>
   <source>Held-out frames are used only to check, never to learn</source>
   <translation>Los fotogramas reservados solo sirven para comprobar, nunca para aprender</translation>
  </message>
  <message>
   <source>Train, {time}</source>
   <translation>Entrenar, {time}</translation>
  </message>
  <message>
   <source>the length of the training</source>
   <translation>la duración del entrenamiento</translation>
  </message>
  <message>
   <source>choosing a run</source>
   <translation>elegir una pasada</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_before</name>
  <message>
   <source>Try this machine</source>
   <translation>Probar este equipo</translation>
  </message>
  <message>
   <source>Learns from {pairs}</source>
   <translation>Aprende de {pairs}</translation>
  </message>
  <message>
   <source>Quick look</source>
   <translation>Una primera mirada</translation>
  </message>
  <message>
   <source>Usual</source>
   <translation>Habitual</translation>
  </message>
  <message>
   <source>Thorough</source>
   <translation>A fondo</translation>
  </message>
  <message numerus="yes">
   <source>{n} cores</source>
   <extracomment>for one: {n} core</extracomment>
   <translation>
    <numerusform>{n} núcleo</numerusform>
    <numerusform>{n} núcleos</numerusform>
   </translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Velocidad</translation>
  </message>
  <message>
   <source>{steps} steps a second</source>
   <translation>{steps} pasos por segundo</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Tiempo</translation>
  </message>
  <message>
   <source>a part of a pair, {width} x {height} pixels</source>
   <translation>una parte de un par, {width} x {height} píxeles</translation>
  </message>
  <message numerus="yes">
   <source>{n} pairs</source>
   <extracomment>for one: {n} pair</extracomment>
   <translation>
    <numerusform>{n} par</numerusform>
    <numerusform>{n} pares</numerusform>
   </translation>
  </message>
  <message>
   <source>Why held-out pairs?</source>
   <translation>¿Por qué pares reservados?</translation>
  </message>
  <message>
   <source>On this machine</source>
   <translation>En este equipo</translation>
  </message>
  <message>
   <source>This machine, and what has to be beaten</source>
   <translation>Este equipo y lo que hay que superar</translation>
  </message>
  <message>
   <source>Pairs</source>
   <translation>Pares</translation>
  </message>
  <message>
   <source>print below, telecine above the line</source>
   <translation>copia debajo, telecine encima de la línea</translation>
  </message>
  <message>
   <source>scan below, target above the line</source>
   <translation>escaneo abajo, objetivo sobre la línea</translation>
  </message>
  <message>
   <source>Why held-out keyframes?</source>
   <translation>¿Por qué reservar fotogramas clave?</translation>
  </message>
  <message>
   <source>They tell whether the film will look right where nothing was picked. If the best linear filter does as well on them, you will be told.</source>
   <translation>Dicen si la película se verá bien donde no se eligió nada. Si el mejor filtro lineal lo hace igual de bien, se le dirá.</translation>
  </message>
  <message>
   <source>They tell whether the film will look right where nothing was picked. If a plain LUT does as well on them, you will be told, and can use the LUT.</source>
   <translation>Dicen si la película se verá bien donde no se eligió nada. Si una simple LUT lo hace igual de bien, se le dirá y podrá usar la LUT.</translation>
  </message>
  <message>
   <source>Until it stops getting better</source>
   <translation>Hasta que deje de mejorar</translation>
  </message>
  <message>
   <source>Runs so far</source>
   <translation>Pasadas hasta ahora</translation>
  </message>
  <message>
   <source>{time} at most</source>
   <translation>{time} como máximo</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Memoria</translation>
  </message>
  <message>
   <source>{used} of {all}</source>
   <translation>{used} de {all}</translation>
  </message>
  <message>
   <source>A step learns from, for want of memory</source>
   <translation>Un paso aprende, por falta de memoria, de</translation>
  </message>
  <message>
   <source>Trying this machine</source>
   <translation>Probando este equipo</translation>
  </message>
  <message>
   <source>Not tried yet</source>
   <translation>Aún sin probar</translation>
  </message>
  <message>
   <source>With {n} real steps, so that the time is an honest one. You need not wait for it.</source>
   <translation>Con {n} pasos reales, para que el tiempo sea honesto. No hace falta esperar.</translation>
  </message>
  <message>
   <source>A trial of {n} steps tells how long the training takes here.</source>
   <translation>Una prueba de {n} pasos dice cuánto tarda aquí el entrenamiento.</translation>
  </message>
  <message>
   <source>Tried with {n} real steps</source>
   <translation>Probado con {n} pasos reales</translation>
  </message>
  <message>
   <source>Until keyframes come back</source>
   <translation>Hasta igualar lo pintado</translation>
  </message>
  <message>
   <source>{until}, {time} at most</source>
   <translation>{until}, {time} como máximo</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_head</name>
  <message>
   <source>Run</source>
   <translation>Pasada</translation>
  </message>
  <message>
   <source>The trainings of a run</source>
   <translation>Los entrenamientos de una pasada</translation>
  </message>
  <message>
   <source>Run {number}, now</source>
   <translation>Pasada {number}, ahora</translation>
  </message>
  <message>
   <source>Run {number}, paused</source>
   <translation>Pasada {number}, en pausa</translation>
  </message>
  <message>
   <source>A new run</source>
   <translation>Una pasada nueva</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_lut</name>
  <message>
   <source>colour difference on what is held out, ΔE00. Training should end below it.</source>
   <translation>diferencia de color en lo reservado, ΔE00. El entrenamiento debería acabar por debajo.</translation>
  </message>
  <message>
   <source>A LUT on the same pairs</source>
   <translation>Una LUT con los mismos pares</translation>
  </message>
  <message>
   <source>What has to be beaten, and target</source>
   <translation>Lo que hay que superar y objetivo</translation>
  </message>
  <message>
   <source>Previous held-out pair</source>
   <translation>Par reservado anterior</translation>
  </message>
  <message>
   <source>Next held-out pair</source>
   <translation>Par reservado siguiente</translation>
  </message>
  <message>
   <source>dB of luma on what is held out, by the best linear filter. Training should end above it.</source>
   <translation>dB de luma en lo reservado, con el mejor filtro lineal. El entrenamiento debería acabar por encima.</translation>
  </message>
  <message>
   <source>A linear filter on the same pairs</source>
   <translation>Un filtro lineal con los mismos pares</translation>
  </message>
  <message>
   <source>known after the trial</source>
   <translation>se sabrá tras la prueba</translation>
  </message>
  <message>
   <source>nothing is held out</source>
   <translation>no hay nada reservado</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_now</name>
  <message>
   <source>{shots}: a correction of its own brings ΔE00 {before} to {after}</source>
   <translation>{shots}: una corrección propia lleva ΔE00 de {before} a {after}</translation>
  </message>
  <message>
   <source>Result, step {step}</source>
   <translation>Resultado, paso {step}</translation>
  </message>
  <message>
   <source>{shots}: ΔE00 {error}, others typically {typical}</source>
   <translation>{shots}: ΔE00 {error}; los demás, normalmente {typical}</translation>
  </message>
  <message>
   <source>{shots}: a correction of its own did not help</source>
   <translation>{shots}: una corrección propia no ayudó</translation>
  </message>
  <message>
   <source>Compare runs</source>
   <translation>Comparar pasadas</translation>
  </message>
  <message>
   <source>Previous held-out frame</source>
   <translation>Fotograma reservado anterior</translation>
  </message>
  <message>
   <source>Next held-out frame</source>
   <translation>Fotograma reservado siguiente</translation>
  </message>
  <message>
   <source>Scan, balanced</source>
   <translation>Escaneo, equilibrado</translation>
  </message>
  <message numerus="yes">
   <source>{n} held-out crops</source>
   <extracomment>for one: {n} held-out crop</extracomment>
   <translation>
    <numerusform>{n} recorte reservado</numerusform>
    <numerusform>{n} recortes reservados</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} crops</source>
   <extracomment>for one: {n} crop</extracomment>
   <translation>
    <numerusform>{n} recorte</numerusform>
    <numerusform>{n} recortes</numerusform>
   </translation>
  </message>
  <message>
   <source>Held-out frame {frame}, not used in training</source>
   <translation>Fotograma reservado {frame}, no usado para entrenar</translation>
  </message>
  <message numerus="yes">
   <source>{n} other shots have corrections that help</source>
   <extracomment>for one: {n} other shot has a correction that helps</extracomment>
   <translation>
    <numerusform>{n} plano más tiene una corrección que ayuda</numerusform>
    <numerusform>otros {n} planos tienen correcciones que ayudan</numerusform>
   </translation>
  </message>
  <message>
   <source>Keyframes come back as painted, ΔE00 {error}</source>
   <translation>Los fotogramas clave vuelven como se pintaron, ΔE00 {error}</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pausa</translation>
  </message>
  <message>
   <source>Stop here</source>
   <translation>Parar aquí</translation>
  </message>
  <message>
   <source>Train longer</source>
   <translation>Entrenar más</translation>
  </message>
  <message>
   <source>Train again</source>
   <translation>Entrenar de nuevo</translation>
  </message>
  <message>
   <source>Held-out frame</source>
   <translation>Fotograma reservado</translation>
  </message>
  <message numerus="yes">
   <source>{n} shots have corrections of their own that help</source>
   <extracomment>for one: {n} shot has a correction of its own that helps</extracomment>
   <translation>
    <numerusform>{n} plano tiene una corrección propia que ayuda</numerusform>
    <numerusform>{n} planos tienen correcciones propias que ayudan</numerusform>
   </translation>
  </message>
  <message>
   <source>Not measured: nothing is held out</source>
   <translation>Sin medir: no hay nada reservado</translation>
  </message>
  <message>
   <source>Nothing learnt yet</source>
   <translation>Nada aprendido aún</translation>
  </message>
  <message>
   <source>No frame is held out. Look at the film on Review.</source>
   <translation>No hay reservados. Mire la película en Revisar.</translation>
  </message>
  <message>
   <source>The pictures come with the first steps.</source>
   <translation>Las imágenes llegan con los primeros pasos.</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_pictures</name>
  <message>
   <source>A held-out frame: scan, result, target</source>
   <translation>Un fotograma reservado: escaneo, resultado, objetivo</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_runs</name>
  <message numerus="yes">
   <source>{figures} on the same {n} frames</source>
   <extracomment>for one: {figures} on the same frame</extracomment>
   <translation>
    <numerusform>{figures} en el mismo fotograma</numerusform>
    <numerusform>{figures} en los mismos {n} fotogramas</numerusform>
   </translation>
  </message>
  <message>
   <source>How they are compared</source>
   <translation>Cómo se comparan</translation>
  </message>
  <message>
   <source>Two runs on a held-out frame</source>
   <translation>Dos pasadas en un fotograma reservado</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Dispositivo</translation>
  </message>
  <message>
   <source>Remarks</source>
   <translation>Notas</translation>
  </message>
  <message>
   <source>processor</source>
   <translation>procesador</translation>
  </message>
  <message>
   <source>Run {number}</source>
   <translation>Pasada {number}</translation>
  </message>
  <message>
   <source>Run {number}, chosen</source>
   <translation>Pasada {number}, elegida</translation>
  </message>
  <message>
   <source>Held-out frame {frame}</source>
   <translation>Fotograma reservado {frame}</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Pasadas</translation>
  </message>
  <message>
   <source>Choose this run</source>
   <translation>Elegir esta pasada</translation>
  </message>
  <message>
   <source>Back to the training</source>
   <translation>Volver al entrenamiento</translation>
  </message>
  <message>
   <source>chosen for the results</source>
   <translation>elegida para los resultados</translation>
  </message>
  <message>
   <source>went on from run {number}</source>
   <translation>continúa la pasada {number}</translation>
  </message>
  <message>
   <source>ended early by you</source>
   <translation>terminada antes por usted</translation>
  </message>
  <message>
   <source>of other pairs or settings</source>
   <translation>de otros pares o ajustes</translation>
  </message>
  <message>
   <source>graphics card</source>
   <translation>tarjeta gráfica</translation>
  </message>
  <message>
   <source>Side by side</source>
   <translation>Lado a lado</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_stages</name>
  <message>
   <source>1 Luma</source>
   <translation>1 Luma</translation>
  </message>
  <message>
   <source>Scan, tone matched</source>
   <translation>Escaneo, tono igualado</translation>
  </message>
  <message>
   <source>2 Colour</source>
   <translation>2 Color</translation>
  </message>
  <message>
   <source>Luma recovered</source>
   <translation>Luma recuperada</translation>
  </message>
  <message>
   <source>1 Film look</source>
   <translation>1 Aspecto de cine</translation>
  </message>
  <message>
   <source>2 Repair</source>
   <translation>2 Reparación</translation>
  </message>
  <message>
   <source>Damaged print</source>
   <translation>Copia dañada</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_state</name>
  <message>
   <source>similar pictures</source>
   <translation>imágenes parecidas</translation>
  </message>
  <message>
   <source>No keyframe is held out, so nothing will tell how good the result is</source>
   <translation>No hay fotogramas clave reservados: nada dirá cómo de bueno es el resultado</translation>
  </message>
  <message>
   <source>No pair is held out, so nothing will tell how good the result is</source>
   <translation>No hay pares reservados: nada dirá cómo de bueno es el resultado</translation>
  </message>
  <message numerus="yes">
   <source>Checked on {n} held-out keyframes</source>
   <extracomment>for one: Checked on {n} held-out keyframe</extracomment>
   <translation>
    <numerusform>Comprobado en {n} fotograma clave reservado</numerusform>
    <numerusform>Comprobado en {n} fotogramas clave reservados</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Checked on {n} held-out pairs</source>
   <extracomment>for one: Checked on {n} held-out pair</extracomment>
   <translation>
    <numerusform>Comprobado en {n} par reservado</numerusform>
    <numerusform>Comprobado en {n} pares reservados</numerusform>
   </translation>
  </message>
  <message>
   <source>Paused, {device}</source>
   <translation>En pausa, {device}</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>En pausa</translation>
  </message>
  <message numerus="yes">
   <source>{n} steps</source>
   <extracomment>for one: {n} step</extracomment>
   <translation>
    <numerusform>{n} paso</numerusform>
    <numerusform>{n} pasos</numerusform>
   </translation>
  </message>
  <message>
   <source>{memory} of memory</source>
   <translation>{memory} de memoria</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Este equipo</translation>
  </message>
  <message>
   <source>steps are smaller for want of memory</source>
   <translation>pasos más pequeños por falta de memoria</translation>
  </message>
  <message>
   <source>at step {done} of {total}</source>
   <translation>en el paso {done} de {total}</translation>
  </message>
  <message>
   <source>at step {done}</source>
   <translation>en el paso {done}</translation>
  </message>
 </context>
 <context>
  <name>wizard.steps.train_words</name>
  <message>
   <source>A LUT is as good here: the Export page can save only that, for other programs</source>
   <translation>Una LUT es igual de buena aquí: la página Exportar puede guardar solo eso, para otros programas</translation>
  </message>
  <message>
   <source>Learning detail, then colour, from {pairs}.</source>
   <translation>Aprendiendo el detalle, luego el color, de {pairs}.</translation>
  </message>
  <message>
   <source>Close the window if you like; it carries on and you can come back.</source>
   <translation>Cierre la ventana si quiere; sigue solo y puede volver.</translation>
  </message>
  <message>
   <source>Step {done} of {total}</source>
   <translation>Paso {done} de {total}</translation>
  </message>
  <message>
   <source>{training}: {step}</source>
   <translation>{training}: {step}</translation>
  </message>
  <message>
   <source>A linear filter is at least as good here: look closely at the held-out frames before you go on</source>
   <translation>Aquí un filtro lineal es al menos igual de bueno: mire bien los fotogramas reservados antes de seguir</translation>
  </message>
  <message>
   <source>Detail and colour are learnt.</source>
   <translation>El detalle y el color están aprendidos.</translation>
  </message>
  <message>
   <source>Everything is ready. One button; you can pause, stop or close the window at any time.</source>
   <translation>Todo está listo. Un botón; puede pausar, parar o cerrar la ventana cuando quiera.</translation>
  </message>
  <message>
   <source>Nothing is lost: it goes on where it stopped, now or another day.</source>
   <translation>No se pierde nada: sigue donde paró, ahora u otro día.</translation>
  </message>
  <message>
   <source>Every run is kept. Choose the one that results are made with.</source>
   <translation>Se conservan todas las pasadas. Elija con cuál se hacen los resultados.</translation>
  </message>
  <message>
   <source>Learning the film's look, then the repair, from {pairs}.</source>
   <translation>Aprendiendo el aspecto de la película, luego la reparación, de {pairs}.</translation>
  </message>
  <message>
   <source>Step {done}, until keyframes come back as painted</source>
   <translation>Paso {done}, hasta igualar lo pintado</translation>
  </message>
  <message>
   <source>Step {done}, until it stops getting better</source>
   <translation>Paso {done}, hasta que deje de mejorar</translation>
  </message>
  <message>
   <source>SSIM {n}</source>
   <translation>SSIM {n}</translation>
  </message>
  <message>
   <source>edges {n} px off</source>
   <translation>bordes a {n} px</translation>
  </message>
  <message>
   <source>its size {own} px against {wanted}</source>
   <translation>su tamaño {own} px frente a {wanted}</translation>
  </message>
  <message>
   <source>{share} of the picture invented, by estimate</source>
   <translation>{share} de la imagen inventado, según estimación</translation>
  </message>
  <message>
   <source>The repair is learnt.</source>
   <translation>La reparación está aprendida.</translation>
  </message>
  <message>
   <source>Look at the held-out frames here, then go on to Review.</source>
   <translation>Mire aquí los fotogramas reservados y pase a Revisar.</translation>
  </message>
  <message>
   <source>Nothing is held out to measure it on: look at it on Review.</source>
   <translation>No hay reservados con que medirlo: mírelo en Revisar.</translation>
  </message>
  <message>
   <source>Learning detail from {pairs}.</source>
   <translation>Aprendiendo el detalle de {pairs}.</translation>
  </message>
  <message>
   <source>Learning the colour from {pairs}.</source>
   <translation>Aprendiendo el color de {pairs}.</translation>
  </message>
  <message>
   <source>grain {n} × the print's</source>
   <translation>grano {n} × el de la copia</translation>
  </message>
  <message>
   <source>grain {n} × the reference's</source>
   <translation>grano {n} × el de la referencia</translation>
  </message>
  <message>
   <source>The detail is learnt.</source>
   <translation>El detalle está aprendido.</translation>
  </message>
  <message>
   <source>The colour is learnt.</source>
   <translation>El color está aprendido.</translation>
  </message>
 </context>
 <context>
  <name>wizard.summary</name>
  <message numerus="yes">
   <source>Frames: {n} picked, not trained yet</source>
   <extracomment>for one: Frames: {n} picked, not trained yet</extracomment>
   <translation>
    <numerusform>Fotogramas: {n} elegido, sin entrenar aún</numerusform>
    <numerusform>Fotogramas: {n} elegidos, sin entrenar aún</numerusform>
   </translation>
  </message>
  <message>
   <source>Last seen as {name}</source>
   <translation>Visto por última vez como {name}</translation>
  </message>
  <message>
   <source>{day} {month} {year}</source>
   <translation>{day} de {month} de {year}</translation>
  </message>
  <message>
   <source>Trained, not exported yet</source>
   <translation>Entrenado, sin exportar aún</translation>
  </message>
  <message numerus="yes">
   <source>{n} keyframes, not trained yet</source>
   <extracomment>for one: {n} keyframe, not trained yet</extracomment>
   <translation>
    <numerusform>{n} fotograma clave, sin entrenar aún</numerusform>
    <numerusform>{n} fotogramas clave, sin entrenar aún</numerusform>
   </translation>
  </message>
  <message>
   <source>Last seen on the drive {drive}</source>
   <translation>Visto por última vez en la unidad {drive}</translation>
  </message>
  <message>
   <source>Today {time}</source>
   <translation>Hoy {time}</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>Ayer</translation>
  </message>
  <message>
   <source>{day} {month}</source>
   <translation>{day} de {month}</translation>
  </message>
  <message>
   <source>At work</source>
   <translation>Trabajando</translation>
  </message>
  <message>
   <source>{step}: running</source>
   <translation>{step}: en marcha</translation>
  </message>
  <message>
   <source>Finished and exported</source>
   <translation>Terminado y exportado</translation>
  </message>
  <message>
   <source>{step}: {reason}</source>
   <translation>{step}: {reason}</translation>
  </message>
  <message>
   <source>January</source>
   <translation>enero</translation>
  </message>
  <message>
   <source>February</source>
   <translation>febrero</translation>
  </message>
  <message>
   <source>March</source>
   <translation>marzo</translation>
  </message>
  <message>
   <source>April</source>
   <translation>abril</translation>
  </message>
  <message>
   <source>May</source>
   <translation>mayo</translation>
  </message>
  <message>
   <source>June</source>
   <translation>junio</translation>
  </message>
  <message>
   <source>July</source>
   <translation>julio</translation>
  </message>
  <message>
   <source>August</source>
   <translation>agosto</translation>
  </message>
  <message>
   <source>September</source>
   <translation>septiembre</translation>
  </message>
  <message>
   <source>October</source>
   <translation>octubre</translation>
  </message>
  <message>
   <source>November</source>
   <translation>noviembre</translation>
  </message>
  <message>
   <source>December</source>
   <translation>diciembre</translation>
  </message>
  <message>
   <source>Colour with a reference</source>
   <translation>Color con referencia</translation>
  </message>
  <message>
   <source>Colour without a reference</source>
   <translation>Color sin referencia</translation>
  </message>
  <message>
   <source>Colour from similar pictures</source>
   <translation>Color de imágenes parecidas</translation>
  </message>
  <message>
   <source>A better element (experimental)</source>
   <translation>Un elemento mejor (experimental)</translation>
  </message>
  <message>
   <source>A better element, with its colour (experimental)</source>
   <translation>Un elemento mejor, con su color (experimental)</translation>
  </message>
  <message>
   <source>A damaged print with an old telecine (experimental)</source>
   <translation>Una copia dañada con un telecine antiguo (experimental)</translation>
  </message>
  <message>
   <source>Made by a newer Answerprint</source>
   <translation>Hecho por un Answerprint más nuevo</translation>
  </message>
  <message>
   <source>The project file is damaged</source>
   <translation>El archivo del proyecto está dañado</translation>
  </message>
  <message>
   <source>{step}: running, {left}</source>
   <translation>{step}: en marcha, {left}</translation>
  </message>
  <message>
   <source>Not there any more</source>
   <translation>Ya no está</translation>
  </message>
 </context>
 <context>
  <name>wizard.viewer.compare</name>
  <message>
   <source>First picture only</source>
   <translation>Solo la primera imagen</translation>
  </message>
  <message>
   <source>Second picture only</source>
   <translation>Solo la segunda imagen</translation>
  </message>
 </context>
 <context>
  <name>wizard.viewer.handles</name>
  <message>
   <source>Live area, bottom right corner, x {x}, y {y}</source>
   <translation>Área de imagen, esquina inferior derecha, x {x}, y {y}</translation>
  </message>
  <message>
   <source>Live area  {width} × {height}</source>
   <translation>Área de imagen  {width} × {height}</translation>
  </message>
  <message>
   <source>{corner}, x {x}, y {y}</source>
   <translation>{corner}, x {x}, y {y}</translation>
  </message>
  <message>
   <source>Live area, top left corner, x {x}, y {y}</source>
   <translation>Área de imagen, esquina superior izquierda, x {x}, y {y}</translation>
  </message>
  <message>
   <source>Top left corner</source>
   <translation>Esquina superior izquierda</translation>
  </message>
  <message>
   <source>Top right corner</source>
   <translation>Esquina superior derecha</translation>
  </message>
  <message>
   <source>Bottom right corner</source>
   <translation>Esquina inferior derecha</translation>
  </message>
  <message>
   <source>Bottom left corner</source>
   <translation>Esquina inferior izquierda</translation>
  </message>
 </context>
 <context>
  <name>wizard.viewer.marks</name>
  <message>
   <source>x {x}  y {y}</source>
   <translation>x {x}  y {y}</translation>
  </message>
  <message>
   <source>R {red}  G {green}  B {blue}</source>
   <translation>R {red}  G {green}  B {blue}</translation>
  </message>
 </context>
 <context>
  <name>wizard.viewer.transport</name>
  <message>
   <source>Stop playing</source>
   <translation>Detener</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Reproducir</translation>
  </message>
  <message>
   <source>Previous frame</source>
   <translation>Fotograma anterior</translation>
  </message>
  <message>
   <source>Left</source>
   <translation>Izquierda</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Espacio</translation>
  </message>
  <message>
   <source>Next frame</source>
   <translation>Fotograma siguiente</translation>
  </message>
  <message>
   <source>Right</source>
   <translation>Derecha</translation>
  </message>
  <message>
   <source>{index} of {count}</source>
   <translation>{index} de {count}</translation>
  </message>
  <message>
   <source>in {first}, out {last}</source>
   <translation>entrada {first}, salida {last}</translation>
  </message>
 </context>
 <context>
  <name>wizard.viewer.view</name>
  <message>
   <source>zoom {zoom}</source>
   <translation>zoom {zoom}</translation>
  </message>
  <message>
   <source>Wipe at {position}</source>
   <translation>Cortinilla en {position}</translation>
  </message>
 </context>
 <context>
  <name>wizard.window</name>
  <message>
   <source>Open a project</source>
   <translation>Abrir un proyecto</translation>
  </message>
  <message>
   <source>Where is the scan now?</source>
   <translation>¿Dónde está ahora el escaneo?</translation>
  </message>
  <message>
   <source>Where is the reference now?</source>
   <translation>¿Dónde está ahora la referencia?</translation>
  </message>
  <message>
   <source>Taken back: {what}</source>
   <translation>Deshecho: {what}</translation>
  </message>
  <message>
   <source>Done again: {what}</source>
   <translation>Rehecho: {what}</translation>
  </message>
 </context>
 <context>
  <name>wizard.words</name>
  <message>
   <source>about {hours} h {minutes} min</source>
   <translation>unas {hours} h {minutes} min</translation>
  </message>
  <message>
   <source>{hours} h {minutes} min</source>
   <translation>{hours} h {minutes} min</translation>
  </message>
  <message>
   <source>{time} left</source>
   <translation>quedan {time}</translation>
  </message>
  <message numerus="yes">
   <source>about {n} seconds</source>
   <extracomment>for one: about {n} second</extracomment>
   <translation>
    <numerusform>{n} segundo</numerusform>
    <numerusform>unos {n} segundos</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>about {n} minutes</source>
   <extracomment>for one: about {n} minute</extracomment>
   <translation>
    <numerusform>{n} minuto</numerusform>
    <numerusform>unos {n} minutos</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>wizard.work</name>
  <message>
   <source>Cannot be reached; connect it, or stop: {folder}</source>
   <translation>Sin acceso; conéctela o detenga el trabajo: {folder}</translation>
  </message>
  <message>
   <source>see above</source>
   <translation>ver arriba</translation>
  </message>
  <message>
   <source>disk full</source>
   <translation>disco lleno</translation>
  </message>
  <message>
   <source>no permission</source>
   <translation>sin permiso</translation>
  </message>
  <message>
   <source>no media</source>
   <translation>sin material</translation>
  </message>
  <message>
   <source>other film</source>
   <translation>otra película</translation>
  </message>
  <message>
   <source>damaged frame</source>
   <translation>fotograma dañado</translation>
  </message>
  <message>
   <source>memory full</source>
   <translation>memoria llena</translation>
  </message>
 </context>
</TS>
