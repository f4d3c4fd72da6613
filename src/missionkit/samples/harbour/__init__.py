"""The parts of Harbour Housing Trust, 8,400 homes in the invented port of Saltmere."""
