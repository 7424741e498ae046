"""dajuan (答卷): what local governments promised, and what they handed in, figure by figure."""

__version__ = "0.1.0"
