"""This node's cache of what matching compares: arrays without words, kept abreast of the search journal."""
