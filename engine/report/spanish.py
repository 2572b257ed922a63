"""The words of a report in Spanish. SPANISH: by the English sentence. TOLD: lines of other parts of the program that hold figures or names,
by their English form."""
from __future__ import annotations

from engine.report.spanish_lines import LINES

SPANISH: dict[str, str] = LINES | {
    # the head
    "Made by {program} on {day}.": "Hecho con {program} el {day}.",
    "{name}, restored": "{name}, restaurado", "page {page}": "página {page}", "{n} of {n}": "{n} de {n}",
    "frames in the files": "fotogramas en los archivos", "frames restored": "fotogramas restaurados",
    "on held-out frames; a LUT {lut}, untouched {scan}": "en fotogramas reservados; una LUT {lut}, sin tocar {scan}",
    "on held-out frames; a linear filter {filter}, untouched {scan}":
        "en fotogramas reservados; un filtro lineal {filter}, sin tocar {scan}",
    "restored frames hold the chroma of the scan": "fotogramas restaurados conservan la croma del escaneo",
    "restored frames hold the luma that they are to have": "fotogramas restaurados tienen la luma que deben tener",
    "of the picture is made by the net alone": "de la imagen lo hizo solo la red",
    "of the picture is extrapolated, like nothing that was trained on": "de la imagen es extrapolado: no se parece a nada de lo aprendido",
    "Only chroma was learnt, from the reference. Luma, grain and detail are those of the scan after its balance.":
        "Solo se aprendió la croma, de la referencia. La luma, el grano y el detalle son los del escaneo ya equilibrado.",
    "Only chroma was learnt, from keyframes. Luma, grain and detail are those of the scan after its balance.":
        "Solo se aprendió la croma, de fotogramas clave. La luma, el grano y el detalle son los del escaneo ya equilibrado.",
    "Only chroma was learnt, from similar pictures (none of them of this film's own frames). Luma, grain and detail are those of the "
    "scan after its balance.":
        "Solo se aprendió la croma, de imágenes parecidas (ninguna de ellas es un fotograma de esta película). La luma, el grano y el "
        "detalle son los del escaneo ya equilibrado.",
    "Experimental. Luma was learnt from the reference, after its tone was matched; chroma is that of the scan. Detail beyond what the "
    "scan holds is an estimate.":
        "Experimental. La luma se aprendió de la referencia, una vez igualado el tono; la croma es la del escaneo. El detalle que el "
        "escaneo no contiene es una estimación.",
    "Experimental. Luma was learnt from the reference, after its tone was matched, then chroma on the recovered luma. Detail beyond "
    "what the scan holds is an estimate.":
        "Experimental. La luma se aprendió de la referencia, una vez igualado el tono, y después la croma sobre la luma recuperada. "
        "El detalle que el escaneo no contiene es una estimación.",
    "Experimental. Where the print is sound it is unchanged. Damage was repaired from the telecine, brought to the film's look, and "
    "beyond its crop by a net that learnt the repair inside it: that is an estimate.":
        "Experimental. Donde la copia está sana queda igual. El daño se reparó con el telecine, llevado al aspecto de la película, y "
        "fuera de su encuadre con una red que aprendió la reparación dentro de él: eso es una estimación.",
    # the trouble and the elements
    "What the trouble was": "Cuál era el problema",
    "Not filled in: nobody has written down what was wrong with the film.": "Sin rellenar: nadie ha anotado qué le pasaba a la película.",
    "Elements used": "Elementos usados",
    "What each element is, as the archive filled it in.": "Qué es cada elemento, según lo rellenó el archivo.",
    "Not filled in, {role}: {fields}.": "Sin rellenar, {role}: {fields}.",
    "not filled in": "sin rellenar",
    "What was read from the scan:": "Lo que se leyó del escaneo:",
    "What was read from the reference:": "Lo que se leyó de la referencia:",
    "Pictures that were learnt from, with what their notes say:": "Imágenes de las que se aprendió, con lo que dicen sus notas:",
    "Kind": "Tipo", "Gauge": "Formato de película", "Generation": "Generación", "Holder": "Conservado en",
    "Identifier": "Identificador", "Condition": "Estado", "Year": "Año", "Use authorised by": "Uso autorizado por",
    "Terms": "Condiciones", "Use for training": "Uso para entrenar", "allowed": "permitido",
    "not allowed": "no permitido", "negative": "negativo", "internegative": "internegativo",
    "interpositive": "interpositivo", "reversal": "reversible", "tape": "cinta", "disc": "disco", "file": "archivo",
    "photograph": "fotografía", "painting": "pintura", "Scan": "Escaneo", "Reference": "Referencia", "scan": "escaneo",
    "reference": "referencia", "Picture": "Imagen", "Source": "Fuente", "File or folder": "Archivo o carpeta",
    "Frames": "Fotogramas",
    "{n}, from {first} to {last}": "{n}, del {first} al {last}",
    "{width} x {height} pixels, {format}, {depth} bits a channel": "{width} x {height} píxeles, {format}, {depth} bits por canal",
    "Encoding": "Codificación", ", guessed": ", supuesta", "none": "ninguno", "Rate": "Cadencia",
    "{n} frames a second": "{n} fotogramas por segundo", "Fields": "Campos",
    "Timecode of the first frame": "Código de tiempo del primer fotograma",
    "Edge code of the first frame": "Código de borde del primer fotograma",
    "Missing frames": "Fotogramas que faltan",
    # pictures
    "Before and after": "Antes y después",
    "Frames from over the film that were not trained on, among them the held-out frame that came out worst.":
        "Fotogramas de toda la película que no se usaron para entrenar, entre ellos el reservado que salió peor.",
    "Frames from over the film that were not trained on.": "Fotogramas de toda la película que no se usaron para entrenar.",
    "Frames from over the film, every frame of which was trained on.":
        "Fotogramas de toda la película; se entrenó con todos los fotogramas que tiene.",
    "All pictures are as a display shows Rec.709; the reference is laid on the scan.":
        "Todas las imágenes están como una pantalla muestra Rec.709; la referencia está superpuesta al escaneo.",
    "Frames from over the film; where a frame was painted, the third picture is what was painted. All pictures are as a display shows "
    "Rec.709.":
        "Fotogramas de toda la película; donde se pintó uno, la tercera imagen es lo pintado. Todas están como una pantalla muestra "
        "Rec.709.",
    "Result": "Resultado", "As painted": "Lo pintado",
    "{what}, the middle pixel for pixel": "{what}, el centro píxel a píxel",
    "Frame {name}": "Fotograma {name}", "held out, {error}": "reservado, {error}",
    ", the worst of those held out": ", el peor de los reservados",
    "held out": "reservado", "trained on": "entrenado",
    "Frames trained on and held out": "Fotogramas de entrenamiento y reservados",
    "The choice of frames is lost.": "La elección de fotogramas se ha perdido.",
    "{n} pair was trained on": "Se entrenó con {n} par",
    "{n} pairs were trained on": "Se entrenó con {n} pares",
    "{n} was held out: the training never saw it.": "se reservó {n}: el entrenamiento no lo vio nunca.",
    "{n} were held out: the training never saw them.": "se reservaron {n}: el entrenamiento no los vio nunca.",
    "Trained on: frames {names}.": "De entrenamiento: fotogramas {names}.",
    "Held out: frames {names}.": "Reservados: fotogramas {names}.",
    "Some of them, as the scan has them:": "Algunos de ellos, como están en el escaneo:",
    "and {n} more": "y {n} más",
    # alignment
    "Time map": "Mapa de tiempo",
    "There is no reference, so nothing was matched in time.": "No hay referencia, así que no se emparejó nada en el tiempo.",
    "This scan is not the one that was aligned; the time map is of that one.":
        "Este escaneo no es el que se alineó; el mapa de tiempo es de aquel.",
    "{matched} of {frames} frames of the scan have a partner in the reference, in {shots} shots.":
        "{matched} de {frames} fotogramas del escaneo tienen pareja en la referencia, en {shots} planos.",
    "no partner in the reference": "sin pareja en la referencia",
    "A line ties a scan frame to its reference frame; brown lines are doubtful.":
        "Una línea une cada fotograma del escaneo con el suyo de la referencia; las marrones son dudosas.",
    "Without a partner: frames {names}.": "Sin pareja: fotogramas {names}.",
    "Sync points set by hand": "Puntos de sincronía puestos a mano", "Aligned": "Alineado",
    "given as aligned: frame by frame in their order": "se dio por alineado: fotograma a fotograma, en su orden",
    "What is left of misalignment": "Lo que queda de desajuste",
    "The reference lies on the scan typically {typical} pixels off; {share} of the frames are under {limit} pixel.":
        "La referencia queda sobre el escaneo normalmente a {typical} píxeles; el {share} de los fotogramas están por debajo de "
        "{limit} píxel.",
    "pixels of the scan": "píxeles del escaneo", "1 pixel: doubtful above": "1 píxel: dudoso por encima",
    "Misfit of each frame after alignment. Brown: doubtful, left out of the training.":
        "Desajuste de cada fotograma tras alinear. Marrón: dudoso, fuera del entrenamiento.",
    "There is no misfit to show: nothing was laid on this scan.": "No hay desajuste que mostrar: no se superpuso nada a este escaneo.",
    "Corners moved by hand": "Esquinas movidas a mano", "{moved} pixels": "{moved} píxeles", "Damage": "Daño",
    "typically {share} of the picture, as it was found": "normalmente el {share} de la imagen, según se encontró",
    "Damage painted by hand": "Daño pintado a mano", "on {n} frame": "en {n} fotograma",
    "on {n} frames": "en {n} fotogramas", "Tone": "Tono",
    "matched on {frames} frames of {shots} shots, point by point": "igualado en {frames} fotogramas de {shots} planos, punto por punto",
    "Balance": "Equilibrio", "fitted to the reference": "ajustado a la referencia",
    "measured from the film itself": "medido en la propia película",
    "before the training": "antes del entrenamiento",
    "laid on after the training": "aplicado después del entrenamiento",
    "none: the scan was balanced already": "ninguno: el escaneo ya estaba equilibrado",
    "Controls of the balance": "Controles del equilibrio",
    # training
    "Training": "Entrenamiento", "training": "entrenamiento", "steps": "pasos", "untouched": "sin tocar",
    "linear filter": "filtro lineal",
    "error, ΔE00: lower is better": "error, ΔE00: menos es mejor",
    "PSNR in dB: higher is better": "PSNR en dB: más es mejor",
    "The error of what is trained on (thin) and of frames that training never saw (strong), over the steps of the training.":
        "El error de lo que se entrena (fina) y de los fotogramas que el entrenamiento no vio (gruesa), a lo largo de los pasos.",
    "No curve was kept of this run.": "De esta pasada no se guardó ninguna curva.",
    "Run": "Pasada", ", went on from run {n}": ", continúa la pasada {n}", "Steps": "Pasos",
    ", ended early by hand": ", terminada antes a mano", "Trained on the device": "Entrenado en el dispositivo",
    "Seed": "Semilla",
    "What was painted, in the result": "Lo pintado, en el resultado",
    "ΔE00 {mean} on average": "ΔE00 {mean} de media",
    "; {off} of {all} come back by more than {limit} off": "; {off} de {all} vuelven con más de {limit} de diferencia",
    "Corrections of single shots": "Correcciones de planos sueltos",
    "{shots}: none, no steps were left for it": "{shots}: ninguna, no quedaron pasos para ella",
    "held-out frames": "fotogramas reservados",
    "the frames trained on, for none is held out": "los fotogramas de entrenamiento, pues no hay reservados",
    "{shots}: none, it did not help (ΔE00 {before} on {on})": "{shots}: ninguna, no ayudó (ΔE00 {before} en {on})",
    "{shots}: ΔE00 {before} on {on} without it, {after} with it, {steps} steps":
        "{shots}: ΔE00 {before} en {on} sin ella, {after} con ella, {steps} pasos",
    "Error on held-out frames": "Error en fotogramas reservados",
    "No frame was held out, so there is no figure that says how good the result is on frames that training never saw.":
        "No se reservó ningún fotograma, así que ninguna cifra dice cómo de bueno es el resultado en fotogramas que el entrenamiento "
        "no vio.",
    "{n} better than a LUT": "{n} mejor que una LUT", "a LUT is as good here": "aquí una LUT es igual de buena",
    "On frames that training never saw the result is ΔE00 {net} from what it should be: {verdict}.":
        "En fotogramas que el entrenamiento no vio, el resultado queda a ΔE00 {net} de lo que debería ser: {verdict}.",
    "A LUT fitted on the same pairs": "Una LUT ajustada a los mismos pares",
    "The scan, untouched": "El escaneo, sin tocar",
    "CIEDE2000, mean over the held-out frames; 1 is about what an eye can just tell. Lower is better.":
        "CIEDE2000, media de los fotogramas reservados; 1 es más o menos lo que el ojo apenas distingue. Menos es mejor.",
    "On frames that training never saw: {verdict}.": "En fotogramas que el entrenamiento no vio: {verdict}.",
    "The best linear filter on the same pairs": "El mejor filtro lineal con los mismos pares",
    "The damaged print, untouched": "La copia dañada, sin tocar",
    "The scan in the reference's tone": "El escaneo con el tono de la referencia",
    "PSNR of luma in dB; 6 dB more is half the error. Higher is better.":
        "PSNR de la luma en dB; 6 dB más es la mitad de error. Más es mejor.",
    "Held-out frame": "Fotograma reservado", "Shot": "Plano",
    # detail
    "{n} dB better than the best linear filter": "{n} dB mejor que el mejor filtro lineal",
    "a linear filter is as good here": "aquí un filtro lineal es igual de bueno",
    "{n} dB worse than the best linear filter: use that": "{n} dB peor que el mejor filtro lineal: use ese",
    "Luma on held-out frames": "Luma en fotogramas reservados",
    "{n} dB (PSNR against the reference; 6 dB more is half the error)": "{n} dB (PSNR contra la referencia; 6 dB más es la mitad de error)",
    "The best linear filter on these": "El mejor filtro lineal en ellos",
    "Structure (SSIM, 1 = the same)": "Estructura (SSIM, 1 = igual)",
    "Detail, of the reference's power": "Detalle, de la potencia de la referencia",
    "Edges against the reference's": "Bordes contra los de la referencia",
    "{n} pixels off, root mean square": "{n} píxeles de diferencia, media cuadrática",
    "Grain before it is laid back, beside the reference's": "Grano antes de devolverlo, junto al de la referencia",
    "Structure in neither scan nor reference": "Estructura que no está ni en el escaneo ni en la referencia",
    "{share} of the picture": "{share} de la imagen", "{share} as strong": "{share} de su fuerza",
    "{own} pixels across (the reference's {wanted})": "{own} píxeles de ancho (el de la referencia, {wanted})",
    "correlation {n} alike (1 = the same)": "correlación parecida en {n} (1 = igual)",
    "Maps of that structure": "Mapas de esa estructura",
    "{n} compared frames, in {folder}/review/invented (white = invented, black = not compared)":
        "{n} fotogramas comparados, en {folder}/review/invented (blanco = inventado, negro = no comparado)",
    "coarse": "grueso", "middle": "medio", "fine": "fino", "finest": "finísimo",
    "Film look on held-out frames": "Aspecto de película en fotogramas reservados",
    "{look} dB against the print where it is sound, {verdict} ({filter}); the telecine as it is {scan}":
        "{look} dB contra la copia donde está sana, {verdict} ({filter}); el telecine tal cual, {scan}",
    "Repair on held-out frames": "Reparación en fotogramas reservados",
    "{n} dB against what it learnt from: the print where it is sound, what neighbours show, else the telecine in the film's look. None "
    "of it is the lost picture":
        "{n} dB contra aquello de lo que aprendió: la copia donde está sana, lo que muestran los vecinos y, si no, el telecine con el "
        "aspecto de la película. Nada de ello es la imagen perdida",
    "The best linear filter, the damaged print": "El mejor filtro lineal, la copia dañada",
    "{filter} and {scan} dB against the same": "{filter} y {scan} dB contra lo mismo",
    "the print, as this frame has it": "la copia, como está en este fotograma",
    "the print, as neighbouring frames show it": "la copia, como la muestran los fotogramas vecinos",
    "the telecine, in the film's look": "el telecine, con el aspecto de la película",
    "made by the net: an estimate": "hecho por la red: una estimación",
    "print": "copia", "neighbours": "vecinos", "telecine": "telecine", "net": "red",
    # proof
    "Steadiness, shot by shot": "Estabilidad, plano por plano",
    "The film was not reviewed shot by shot before this export, so its steadiness was not measured.":
        "La película no se revisó plano por plano antes de esta exportación, así que no se midió su estabilidad.",
    "No frame looked at flickers more than a LUT would make it.": "Ningún fotograma mirado parpadea más de lo que haría una LUT.",
    "{n} frame looked at flickers more than a LUT would make it.": "{n} fotograma mirado parpadea más de lo que haría una LUT.",
    "{n} frames looked at flicker more than a LUT would make them.": "{n} fotogramas mirados parpadean más de lo que haría una LUT.",
    "luma": "luma", "chroma": "croma", "Change": "Cambio", "LUT's change": "El de la LUT", "Flicker": "Parpadeo",
    "Change: by how much more the mean {what} changes from one frame to the next than in the scan, in 8-bit code values. Flicker: "
    "frames on which it changes more than the LUT does anywhere.":
        "Cambio: cuánto más cambia la {what} media de un fotograma al siguiente que en el escaneo, en valores de código de 8 bits. "
        "Parpadeo: fotogramas en que cambia más de lo que cambia la LUT en cualquier parte.",
    "What is held, and proven": "Lo que se mantiene, y se prueba",
    "Luma certificate": "Certificado de luma",
    "Where the print is sound the picture is the print's own, and its chroma is so everywhere: checked on all {n} restored frames.":
        "Donde la copia está sana la imagen es la suya, y su croma lo es en todas partes: comprobado en los {n} fotogramas restaurados.",
    "Luma and chroma are new. The colour changed nothing of the recovered luma, exact before it is rounded for the file: checked on all "
    "{n} restored frames.":
        "Luma y croma son nuevas. El color no cambió nada de la luma recuperada, exacta antes de redondearla para el archivo: comprobado "
        "en los {n} fotogramas restaurados.",
    "Chroma is the scan's own, exact before it is rounded for the file: checked on all {n} restored frames.":
        "La croma es la del escaneo, exacta antes de redondearla para el archivo: comprobado en los {n} fotogramas restaurados.",
    "Luma is that of the balanced scan, exact before it is rounded for the file: checked on all {n} restored frames.":
        "La luma es la del escaneo equilibrado, exacta antes de redondearla para el archivo: comprobado en los {n} fotogramas restaurados.",
    "Format": "Formato", "Bits": "Bits", "Off at most": "Diferencia máxima", "Off on average": "Diferencia media",
    "Clipped": "Recortado", "Codec, at most": "Códec, máxima", "Codec, on average": "Códec, media",
    "Off: luma in the file against the luma that it is to have, in code values of the file's own depth, which is its rounding.":
        "Diferencia: la luma del archivo contra la que debe tener, en valores de código de la profundidad del archivo; es su redondeo.",
    "{forms}: off is said of what the codec was given, not of the file. The file differs by the codec's own loss too, which was measured "
    "by decoding each frame, with what is burnt in.":
        "{forms}: la diferencia es la de lo que recibió el códec, no la del archivo. El archivo difiere además en la pérdida del propio "
        "códec, medida al descodificar cada fotograma, con lo sobreimpreso.",
    "Clipped: part of the picture whose luma the encoding cannot hold.":
        "Recortado: parte de la imagen cuya luma no cabe en la codificación.",
    "Sound": "Sonido", "Grain": "Grano",
    "Where the luma came from": "De dónde vino la luma",
    "the scan's own, laid back on the recovered structure": "el del escaneo, devuelto a la estructura recuperada",
    "made anew for each frame, of the size, correlation and strength measured from the reference":
        "hecho de nuevo en cada fotograma, con el tamaño, la correlación y la fuerza medidos en la referencia",
    "made anew for each frame in what was repaired, of the size, correlation and strength measured from the print where it is sound":
        "hecho de nuevo en cada fotograma en lo reparado, con el tamaño, la correlación y la fuerza medidos en la copia donde está "
        "sana",
    "none in what was repaired": "ninguno en lo reparado",
    "Frames passed on untouched": "Fotogramas entregados sin tocar",
    "None: every frame of the files was restored.": "Ninguno: todos los fotogramas de los archivos se restauraron.",
    "{n} frame lies outside the range that was restored and was passed on as it is: {names}.":
        "{n} fotograma queda fuera del tramo restaurado y se entregó tal cual: {names}.",
    "{n} frames lie outside the range that was restored and were passed on as they are: {names}.":
        "{n} fotogramas quedan fuera del tramo restaurado y se entregaron tal cual: {names}.",
    # what it rests on
    "What the colour rests on": "En qué se apoya el color",
    "What the picture rests on": "En qué se apoya la imagen",
    "Luma was learnt from the reference; detail beyond what the scan holds is an estimate everywhere.":
        "La luma se aprendió de la referencia; el detalle que el escaneo no contiene es en todas partes una estimación.",
    "The run left nothing that tells what its colour rests on.": "La pasada no dejó nada que diga en qué se apoya su color.",
    "Colours that were painted or taken from pictures, with their sources:": "Colores pintados o tomados de imágenes, con sus fuentes:",
    "Colour or picture": "Color o imagen", "Keyframes": "Fotogramas clave",
    "Passed on as they are, for they kept their colour: {shots}.": "Entregados tal cual, pues conservaban su color: {shots}.",
    "Of {n} frames spread over the film:": "De {n} fotogramas repartidos por la película:",
    "Part of the picture": "Parte de la imagen", "Share": "Porcentaje",
    "Of the picture inside the gate. What lies beyond the crop of a reference is extrapolated.":
        "De la imagen dentro del marco. Lo que queda fuera del encuadre de una referencia es extrapolado.",
    "painted": "pintado", "similar pictures": "imágenes parecidas", "the scan's own": "propio del escaneo",
    "extrapolated": "extrapolado",
    "backed by the reference: like what it shows of this film": "respaldado por la referencia: como lo que muestra de esta película",
    "painted in keyframes, with the sources below": "pintado en fotogramas clave, con las fuentes de abajo",
    "taken from similar pictures, listed below": "tomado de imágenes parecidas, en la lista de abajo",
    "the scan's own colour, which these shots kept: passed on as it is":
        "el color del escaneo, que estos planos conservan: se entrega tal cual",
    "extrapolated: like nothing that was trained on": "extrapolado: no se parece a nada de lo aprendido",
    # assumptions
    "Every assumption": "Todas las suposiciones", "None.": "Ninguna.",
    "(keyframes {names})": "(fotogramas clave {names})",
    "The encoding of the {role} is taken to be {value}: {reason}": "Se toma como codificación ({role}) {value}: {reason}",
    "(confirmed by eye)": "(confirmada a ojo)",
    "(guessed, and not confirmed)": "(supuesta, y sin confirmar)",
    "Scan and reference are taken to be aligned, as they were given.": "El escaneo y la referencia se toman por alineados, como se dieron.",
    "The scan is taken to be balanced already.": "El escaneo se toma por ya equilibrado.",
    "Of {n} pairs scan and reference look like different pictures, by damage or because they are; they were trained on, since they were "
    "given as aligned.":
        "En {n} pares el escaneo y la referencia parecen imágenes distintas, por daño o porque lo son; se entrenó con ellos, pues se "
        "dieron por alineados.",
    "Nobody has said whether the elements may be used for training; it is taken that they may.":
        "Nadie ha dicho si los elementos pueden usarse para entrenar; se toma que sí.",
    # doubts
    "What is uncertain": "Lo que es incierto",
    "Nothing that the program found or was told.": "Nada que el programa encontrase o se le dijese.",
    "{n} frame is doubtful, for it may not lie on its partner or belongs to another: {names}.":
        "{n} fotograma es dudoso, pues quizá no coincide con su pareja o es de otra: {names}.",
    "{n} frames are doubtful, for they may not lie on their partners or belong to others: {names}.":
        "{n} fotogramas son dudosos, pues quizá no coinciden con su pareja o son de otra: {names}.",
    "Found right by eye, though the program doubted them: frames {names}.":
        "Dados por buenos a ojo, aunque el programa dudaba de ellos: fotogramas {names}.",
    "Flagged in the review, to be looked at again: frames {names}.": "Marcados en la revisión, para mirarlos de nuevo: fotogramas {names}.",
    "{share} of the picture was made by the net where no element shows it: an estimate.":
        "El {share} de la imagen lo hizo la red donde ningún elemento lo muestra: una estimación.",
    "{share} of the picture is like nothing that was trained on: its colour is extrapolated.":
        "El {share} de la imagen no se parece a nada de lo aprendido: su color es extrapolado.",
    "Flicker was found in: {shots}.": "Se encontró parpadeo en: {shots}.",
    "worst at {name}": "lo peor en {name}", "Take care: {line}.": "Atención: {line}.",
    "{n} frame of the scan is missing.": "Falta {n} fotograma del escaneo.",
    "{n} frames of the scan are missing.": "Faltan {n} fotogramas del escaneo.",
    "This scan is not the one that was trained on; shots were told by their likeness.":
        "Este escaneo no es aquel con el que se entrenó; los planos se reconocieron por su parecido.",
    "The terms of the {role} are marked 'not allowed', and the training was made before that.":
        "Las condiciones ({role}) están marcadas «no permitido», y el entrenamiento se hizo antes.",
    "The recovery of detail is experimental: edges, grain and new detail are estimates.":
        "La recuperación de detalle es experimental: los bordes, el grano y el detalle nuevo son estimaciones.",
    "No frame was held out, so nothing tells how good the result is on frames that training never saw.":
        "No se reservó ningún fotograma, así que nada dice cómo de bueno es el resultado en fotogramas que el entrenamiento no vio.",
    "Only {n} frame was held out: its figure says little of the film.": "Solo se reservó {n} fotograma: su cifra dice poco de la película.",
    "Only {n} frames were held out: their figure says little of the film.":
        "Solo se reservaron {n} fotogramas: su cifra dice poco de la película.",
    "A LUT is as good here as the net: nothing speaks for the net on this film.":
        "Aquí una LUT es tan buena como la red: nada habla en favor de la red en esta película.",
    "A linear filter is as good here as the net: nothing speaks for the net on this film.":
        "Aquí un filtro lineal es tan bueno como la red: nada habla en favor de la red en esta película.",
    "Not as they were painted: keyframes {names}.": "No como se pintaron: fotogramas clave {names}.",
    "The training saw less of each frame than usual, for want of memory.":
        "El entrenamiento vio menos de cada fotograma que de costumbre, por falta de memoria.",
    "The film was not reviewed shot by shot before this export.": "La película no se revisó plano por plano antes de esta exportación.",
    # software, source type, people
    "Software and settings": "Programa y ajustes", "Program": "Programa", "Libraries": "Bibliotecas",
    "Python": "Python", "System": "Sistema", "Made on": "Hecho en", "Applied with": "Aplicado con",
    "Kind of recovery": "Tipo de recuperación", "Encoding of the files": "Codificación de los archivos",
    "as the scan": "como el escaneo", "Files": "Archivos",
    "Settings that differ from what the program does by itself, by their names in the project file:":
        "Ajustes distintos de lo que el programa hace por sí mismo, con su nombre en el archivo del proyecto:",
    "Digital source type (IPTC)": "Tipo de fuente digital (IPTC)",
    "Confirmed by the archivist, and written into the files whose format takes it.":
        "Confirmado por el archivo, y escrito en los archivos cuyo formato lo admite.",
    "Nobody has confirmed a type, so none is written into the files. The program proposes:":
        "Nadie ha confirmado un tipo, así que no se escribe ninguno en los archivos. El programa propone:",
    "Term": "Término", "Meaning": "Significado", "People and institution": "Personas e institución",
    "Institution": "Institución",
    "Archivist who answers for it": "Archivista responsable",
    "Who else worked on it": "Quién más trabajó en ello",
    "What was wrong with the film": "Qué le pasaba a la película",
    "Notes": "Notas",
}

TOLD: dict[str, str] = {
    "shot {n}": "plano {n}",
    "the DPX header says '{what}', taken as Rec.709": "la cabecera DPX dice «{what}», se toma como Rec.709",
    "the DPX header says '{what}'": "la cabecera DPX dice «{what}»",
    "the {format} header of the first frame says it": "lo dice la cabecera {format} del primer fotograma",
    "the chromaticities of the EXR header are those of {encoding}": "las cromaticidades de la cabecera EXR son las de {encoding}",
    "{format} with float pixels is usually linear": "{format} con píxeles de coma flotante suele ser lineal",
    "{format} pictures of films are usually Rec.709": "las imágenes {format} de películas suelen ser Rec.709",
    "tagged {name}": "etiquetado como {name}",
    "transfer tag {n}, which is not known here, taken as Rec.709": "etiqueta de transferencia {n}, aquí desconocida, se toma como Rec.709",
    "{matrix} matrix (by its size), limited range": "matriz {matrix} (por su tamaño), rango limitado",
    "{matrix} matrix, limited range": "matriz {matrix}, rango limitado",
    "{matrix} matrix (by its size), full range": "matriz {matrix} (por su tamaño), rango completo",
    "{matrix} matrix, full range": "matriz {matrix}, rango completo",
    "{order}, by the combing of {n} frames": "{order}, por el peinado de {n} fotogramas",
    "{codecs} of {file}, copied bit for bit": "{codecs} de {file}, copiado bit a bit",
    "{files} files cannot hold it and are silent, a WAV file named with --sound would be heard":
        "los archivos {files} no pueden llevarlo y son mudos; un WAV indicado con --sound se oiría",
    "it lasts {sound} s, the picture {picture} s": "dura {sound} s, la imagen {picture} s",
    "silent: the scan has none, and no file was named with --sound": "mudo: el escaneo no tiene, y no se indicó ningún archivo de sonido",
    "silent: {files} files cannot hold it, and no file was named with --sound":
        "mudo: los archivos {files} no pueden llevarlo, y no se indicó ningún archivo de sonido",
    "{file} was not used": "{file} no se usó",
    "{film}: its edges are {n} times as wide as the scan's": "{film}: sus bordes son {n} veces más anchos que los del escaneo",
    "{film}: {share} % of its frames look like two frames blended by a change of rate":
        "{film}: el {share} % de sus fotogramas parecen dos mezclados por un cambio de cadencia",
}
