"""Hard documents made to order, with gold known by construction: for tests, benchmarks and calibration."""

from gangwei.synth.documents import LAYOUTS, SynthDocument, as_json, generate
from gangwei.synth.faults import FAULTS

__all__ = ["FAULTS", "LAYOUTS", "SynthDocument", "as_json", "generate"]
