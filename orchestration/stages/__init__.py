"""The Python stages in the order of the data. Each takes the lake, does what has not been done yet, and writes what it found."""
