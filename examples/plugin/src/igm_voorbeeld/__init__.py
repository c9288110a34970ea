"""A kader, a rule and a scorer for igm, as an example of a plug-in."""
