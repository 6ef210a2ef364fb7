"""Disclosure → canonical rows, with an account of every printed number."""
