"""Checking the figures that an article cites; `nlp.checks.check` begins. Its parts can be had without spaCy."""
