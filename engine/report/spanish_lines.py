"""Lines of other parts of the program, without figures, in Spanish: why a value is what it is, what became of the sound, what a digital
source type means."""
from __future__ import annotations

LINES: dict[str, str] = {
    "as asked for": "como se pidió", "single stills have none": "las imágenes sueltas no tienen",
    "guessed: the header says none, and film usually runs at 24": "supuesta: la cabecera no la dice, y el cine suele ir a 24",
    "the file's header says it": "lo dice la cabecera del archivo",
    "the file says none": "el archivo no la dice",
    "the file's header and timestamps say it": "lo dicen la cabecera y las marcas de tiempo del archivo",
    "the file's timestamps say it": "lo dicen las marcas de tiempo del archivo",
    "the mean of the file's timestamps": "la media de las marcas de tiempo del archivo",
    "film shot at 24 runs 4 % faster on PAL": "el cine rodado a 24 va un 4 % más rápido en PAL",
    "the DPX header says nothing": "la cabecera DPX no dice nada",
    "the EXR header says that it is an ACES container": "la cabecera EXR dice que es un contenedor ACES",
    "the chromaticities of the EXR header are unknown to the program": "el programa no conoce las cromaticidades de la cabecera EXR",
    "the EXR header names no primaries": "la cabecera EXR no nombra primarios",
    "EXR without them is linear Rec.709": "un EXR sin ellos es Rec.709 lineal",
    "the alpha channel is left out": "el canal alfa se deja fuera",
    "taken as Rec.709": "se toma como Rec.709",
    "no transfer tag, taken as Rec.709": "sin etiqueta de transferencia, se toma como Rec.709",
    "its primaries are taken as Rec.709's": "sus primarios se toman como los de Rec.709",
    "limited range": "rango limitado", "full range": "rango completo",
    "the transfer tag of the video is that of BT.709": "la etiqueta de transferencia del vídeo es la de BT.709",
    "progressive film in interlaced frames, taken as they are": "película progresiva en fotogramas entrelazados, tomados tal cual",
    "film shifted by a field, fields paired again": "película desplazada un campo, campos emparejados de nuevo",
    "2:3 pulldown removed": "pulldown 2:3 retirado",
    "interlaced video, deinterlaced with bwdif": "vídeo entrelazado, desentrelazado con bwdif",
    "frames taken as they are, as asked for": "fotogramas tomados tal cual, como se pidió",
    "silent: it lies in several files, and no file was named with --sound":
        "mudo: está en varios archivos, y no se indicó ningún archivo de sonido",
    "stills carry no sound": "las imágenes fijas no llevan sonido",
    "detail cannot be learnt from a softer picture": "de una imagen más blanda no se puede aprender detalle",
    "swap scan and reference, or choose another": "intercambie escaneo y referencia, o elija otra",
    "the scan is the better of the two": "el escaneo es el mejor de los dos",
    "such frames are soft twice, and little detail can be learnt from them":
        "esos fotogramas son blandos dos veces, y de ellos se aprende poco detalle",
    "Digitised from a negative on film": "Digitalizado de un negativo en película",
    "Digitised from a positive on film": "Digitalizado de un positivo en película",
    "Digitised from a print on paper or another opaque medium": "Digitalizado de una copia en papel u otro soporte opaco",
    "Captured from life by a digital camera": "Captado del natural con una cámara digital",
    "Several frames captured from life and merged by the camera": "Varias tomas del natural unidas por la cámara",
    "Corrected or enhanced by people, with tools that generate nothing":
        "Corregido o mejorado por personas, con herramientas que no generan nada",
    "Corrected or modified by an algorithm that generates nothing": "Corregido o modificado por un algoritmo que no genera nada",
    "Edited with a trained model: part of the picture is what the model made":
        "Editado con un modelo entrenado: parte de la imagen la hizo el modelo",
    "Made by a trained model as a whole": "Hecho por entero por un modelo entrenado",
    "Put together from several elements": "Compuesto de varios elementos",
    "Put together from several captured elements": "Compuesto de varios elementos captados",
    "Put together from elements of which at least one is made by a trained model":
        "Compuesto de elementos, al menos uno de ellos hecho por un modelo entrenado",
    "Made by people with digital tools": "Hecho por personas con herramientas digitales",
    "Made by an algorithm alone, without a trained model": "Hecho solo por un algoritmo, sin modelo entrenado",
    "A representation of data, made by rules": "Una representación de datos, hecha con reglas",
    "Captured from a screen": "Captado de una pantalla",
    "Recorded from a virtual scene or event": "Grabado de una escena o un acto virtuales",
}
