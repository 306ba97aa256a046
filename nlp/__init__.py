"""The reading floor: language, sentences, stance, themes, organisations, figures and checks. No database."""

import os

# Before PyTorch loads: threads that wait sleep instead of spinning. A busy neighbour on one of two cores otherwise
# makes scoring many times slower; on an idle machine nothing is lost.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
