"""Explained suggestions of people, organisations, innovations and requests, and introductions; reads other features."""
