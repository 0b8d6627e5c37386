"""When is industrial output back at its normal scale, how sure are we, and what would change the answer?"""

__version__ = "0.1.0"
