"""Frames where they live: which engine holds one, its columns as arrays or as expressions, and new columns beside them.

It knows no constructs: scoring and decision say what to compute.
"""
