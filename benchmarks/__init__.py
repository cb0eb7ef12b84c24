"""Measurements that anybody can run: figures of speed and size, never part of the tests."""
