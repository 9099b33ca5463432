"""Files and streams to raw rows: nothing is stored, repaired or judged here."""
