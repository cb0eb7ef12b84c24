"""Looking after what is published: archive, problem reports, and what two coordinators decide together."""
