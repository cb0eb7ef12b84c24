"""The texts of a revision in further languages."""
