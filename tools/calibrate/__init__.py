"""Measures how often detectors alarm: of nothing, and of a shift that is there.

python -m tools.calibrate peers     score every run by river, ruptures and scipy
python -m tools.calibrate ours      judge every run by the detectors of missionkit
python -m tools.calibrate table     write the committed table of what was counted
python -m tools.calibrate           all three, one after the other

Every run is drawn from a seed made of its names, so that it is the same everywhere.
What was counted is kept in `build/calibration`, one file a part; a part is not counted
again unless a method, its version or the number of runs has changed.
"""
