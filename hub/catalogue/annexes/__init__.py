"""Annexes: sections and files of an innovation for fewer readers than the record has."""
