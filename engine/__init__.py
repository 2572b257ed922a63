"""The engine of Answerprint: everything that makes pictures. No Qt, and it works from a terminal.

The rooms, in the order in which a film goes through them; a room imports only from rooms before it:

    media     open_source(path) -> FrameSource: stills and video behind one interface; colour encodings; shots
    align     align(scan, reference, run) -> Alignment: which reference frame shows a scan frame, and where
    balance   fit_balance(...) -> Balance: the reversible correction of a faded print, pixel by pixel
    pairs     suggest_pairs(...) -> PairChoice, Looks; make_pair(...) -> Pair: what is trained on, and what is held out
    train     train(pairs, settings, folder, run) -> TrainResult: the net, its checkpoint, the LUT to beat
    apply     Restorer(model).restore(picture) -> picture: the scan's luma with the net's chroma
    export    one writer a format, luma certificate, sound
    report    page(report), pdf(report): what was done, for people, in English and Spanish
    project   the Project: what was chosen, what is done
    recoveries  which rooms a kind of recovery uses and how; __main__ is the command line

No room is imported here, or the window would load torch.
"""
import os

# Read when numpy and torch load. Threads that wait by spinning take the cores from those that work; small matrices need only one.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# onnxruntime, as it is published, reports its use to its makers from the moment that it loads. Nothing is sent from here.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
